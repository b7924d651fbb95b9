-- declarations: which side declared an obligation wholly done, and who denied that anything was. A declaration speaks of the agreement that
-- it names; else of the obligation that its event fills; else of the latest of its kind whose categories fit.
WITH
-- Materialized, since DuckDB loses a column of it when it is planned with all the rest.
begun AS MATERIALIZED (
    SELECT b.obligation_id, b.kind, b.from_party, b.to_party, b.made_on, b.list_act, b.agreed_on, b.all_for_all, b.categories, b.promised_on,
        row_number() OVER (ORDER BY b.obligation_id) AS place, d.first_done_on
    FROM bonds b LEFT JOIN (
        SELECT a.obligation_id, min(h.date_to) AS first_done_on FROM allocations a JOIN hand_overs h USING (event_id) GROUP BY a.obligation_id
    ) d USING (obligation_id)
),
spoken AS (
    SELECT l.statement_id, l.kind, l.giver, l.receiver, l.account, l.categories, l.agreed_on, l.all_for_all, l.list_act, l.told_on, l.date_from, l.completes, l.stage, l.denies
    FROM legs l
    WHERE (l.completes AND l.stage = 'performed' AND l.account <> 'outlets') OR (l.stage = 'denied' AND l.denies IS DISTINCT FROM 'postponed')
),
of_events AS (
    SELECT e.statement_id, e.giver, min(a.obligation_id) AS filled
    FROM accounts e JOIN hand_overs h USING (event) JOIN allocations a USING (event_id)
    WHERE e.fact IN (SELECT fact FROM facts WHERE completes) AND e.statement_id IN (SELECT statement_id FROM spoken WHERE completes)
    GROUP BY ALL
),
-- The best of all that fit, by one aggregate: numbering them in a window costs ten times as much.
matched AS (
    SELECT s.statement_id, s.giver, arg_max(b.obligation_id, (
        coalesce(b.obligation_id = e.filled, false), coalesce(b.agreed_on = s.agreed_on, false), b.promised_on IS NOT NULL, b.made_on, -b.place
    )) AS obligation_id
    FROM spoken s
    JOIN begun b ON b.kind = s.kind AND b.from_party IS NOT DISTINCT FROM s.giver AND b.to_party IS NOT DISTINCT FROM s.receiver
        AND b.made_on <= s.told_on AND b.list_act IS NOT DISTINCT FROM s.list_act
        AND (s.agreed_on IS NULL OR b.agreed_on IS NOT DISTINCT FROM s.agreed_on)
        AND (NOT s.all_for_all OR b.all_for_all)
        -- A total that starts before a promise was made is none of it.
        AND (s.date_from IS NULL OR s.date_from >= b.made_on OR coalesce(b.agreed_on = s.agreed_on, false))
        -- That a promise was given cannot be denied of what was already done.
        AND (s.denies IS DISTINCT FROM 'promised' OR NOT coalesce(b.first_done_on <= s.told_on, false))
        AND (len(s.categories) = 0 OR len(b.categories) = 0 OR list_has_any(s.categories, b.categories))
    LEFT JOIN of_events e ON e.statement_id = s.statement_id AND e.giver IS NOT DISTINCT FROM s.giver
    GROUP BY s.statement_id, s.giver
)
SELECT obligation_id,
    bool_or(completes AND account = 'giver') AS completed_by_giver,
    bool_or(completes AND account = 'receiver') AS completed_by_receiver,
    bool_or(completes AND account = 'mediator') AS completed_by_mediator,
    bool_or(stage = 'denied') AS denied,
    max(told_on) AS last_told_on,
    list_sort(list_distinct(list(s.statement_id))) AS statement_ids
FROM matched m JOIN spoken s ON s.statement_id = m.statement_id AND s.giver IS NOT DISTINCT FROM m.giver
GROUP BY obligation_id
