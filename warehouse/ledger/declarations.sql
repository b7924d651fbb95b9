-- declarations: which side declared an obligation wholly done, and who denied that anything was. A declaration speaks of the agreement that
-- it names; else of the obligation that its event fills; else of the latest of its kind whose categories fit.
WITH
begun AS (
    SELECT b.obligation_id, b.kind, b.from_party, b.to_party, min(h.date_to) AS first_done_on
    FROM bonds b LEFT JOIN allocations a USING (obligation_id) LEFT JOIN hand_overs h USING (event_id) GROUP BY ALL
),
spoken AS (
    SELECT l.statement_id, l.kind, l.giver, l.receiver, l.account, l.categories, l.agreed_on, l.all_for_all, l.list_act, l.told_on, l.date_from, l.completes, l.stage, l.denies
    FROM legs l
    WHERE (l.completes AND l.stage = 'performed' AND l.account <> 'outlets') OR (l.stage = 'denied' AND l.denies IS DISTINCT FROM 'postponed')
),
matched AS (
    SELECT s.*, b.obligation_id
    FROM spoken s
    JOIN begun w ON w.kind = s.kind AND w.from_party IS NOT DISTINCT FROM s.giver AND w.to_party IS NOT DISTINCT FROM s.receiver
    JOIN bonds b ON b.obligation_id = w.obligation_id
        AND b.made_on <= s.told_on AND b.list_act IS NOT DISTINCT FROM s.list_act
        AND (s.agreed_on IS NULL OR b.agreed_on IS NOT DISTINCT FROM s.agreed_on)
        AND (NOT s.all_for_all OR b.all_for_all)
        -- A total that starts before a promise was made is none of it.
        AND (s.date_from IS NULL OR s.date_from >= b.made_on OR coalesce(b.agreed_on = s.agreed_on, false))
        -- That a promise was given cannot be denied of what was already done.
        AND (s.denies IS DISTINCT FROM 'promised' OR NOT coalesce(w.first_done_on <= s.told_on, false))
        AND (len(s.categories) = 0 OR len(b.categories) = 0 OR list_has_any(s.categories, b.categories))
    LEFT JOIN (FROM accounts WHERE statement_id IN (SELECT statement_id FROM spoken WHERE completes)) e ON e.statement_id = s.statement_id AND e.giver IS NOT DISTINCT FROM s.giver
    LEFT JOIN allocations a ON a.event_id = e.event_id
    QUALIFY row_number() OVER (
        PARTITION BY s.statement_id, s.giver
        ORDER BY (b.obligation_id = a.obligation_id) DESC NULLS LAST, (b.agreed_on = s.agreed_on) DESC NULLS LAST,
            (b.promised_on IS NOT NULL) DESC, b.made_on DESC, b.obligation_id
    ) = 1
)
SELECT obligation_id,
    bool_or(completes AND account = 'giver') AS completed_by_giver,
    bool_or(completes AND account = 'receiver') AS completed_by_receiver,
    bool_or(completes AND account = 'mediator') AS completed_by_mediator,
    bool_or(stage = 'denied') AS denied,
    max(told_on) AS last_told_on,
    list_sort(list_distinct(list(statement_id))) AS statement_ids
FROM matched GROUP BY obligation_id
