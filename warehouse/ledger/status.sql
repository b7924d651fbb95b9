-- status: the headline status of every obligation as of `day`, with its axes and flags (docs/architecture.md defines each).
WITH headed AS (
    SELECT *,
        CASE
            WHEN undertaking IN ('refused', 'proposed') THEN undertaking
            WHEN delivery = 'none' THEN 'promised'
            WHEN kind = 'talks' THEN 'fulfilled'
            WHEN kind = 'ceasefire' THEN 'reported'
            WHEN all_for_all OR promised_min IS NULL
                THEN CASE WHEN completed_by_giver AND completed_by_receiver AND NOT coalesce(denied, false) THEN 'fulfilled' ELSE 'reported' END
            WHEN sure >= promised_min THEN 'fulfilled'
            ELSE 'reported'
        END AS status
    FROM judged
)
SELECT
    CAST(day AS DATE) AS as_of, obligation_id, commitment_id, kind, from_party, to_party, categories, all_for_all, promised_min, promised_max,
    made_on, due_on, agreed_at, status, undertaking, delivery, corroboration,
    by_giver AS delivered_by_giver, by_receiver AS delivered_by_receiver, by_mediator AS delivered_by_mediator,
    CASE WHEN kind NOT IN ('talks', 'ceasefire') AND NOT all_for_all AND promised_min > 0
        THEN CAST(coalesce(sure, by_giver) AS DOUBLE) / promised_min END AS share,
    list_sort(list_filter([
        CASE WHEN due_on < day AND undertaking = 'promised' AND status <> 'fulfilled' AND kind <> 'ceasefire' THEN 'overdue' END,
        CASE WHEN coalesce(denied, false) OR coalesce(counts_differ, false) THEN 'disputed' END,
        CASE WHEN postponed_on IS NOT NULL AND status <> 'fulfilled' THEN 'postponed' END,
        CASE WHEN delivery = 'partial' THEN 'partial' END,
        CASE WHEN delivery = 'unquantified' OR coalesce(uncounted, 0) > 0
            OR (undertaking = 'promised' AND kind NOT IN ('talks', 'ceasefire') AND (promised_min IS NULL OR all_for_all)) THEN 'unquantified' END,
        CASE WHEN all_for_all AND said >= promised_min THEN 'floor_reached' END,
        CASE WHEN terms_differ THEN 'terms_differ' END,
        CASE WHEN status IN ('promised', 'reported') AND day - greatest(last_told_on, coalesce(last_event_on, last_told_on)) > 60 THEN 'silent' END,
        CASE WHEN kind = 'ceasefire' AND undertaking = 'promised' AND coalesce(due_on, made_on + CAST(promised_min AS INTEGER) - 1) < day THEN 'lapsed' END
    ], lambda flag: flag IS NOT NULL)) AS flags,
    last_event_on
FROM headed
