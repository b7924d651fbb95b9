-- closed_totals: event windows that cover other events of the same kind and direction; they are totals of these, not events beside them.
WITH windows AS (
    SELECT event_id, any_value(kind) AS kind, any_value(giver) AS giver, any_value(receiver) AS receiver, any_value(list_act) AS list_act,
        any_value(date_from) AS date_from, any_value(date_to) AS date_to, max(amount) AS amount
    FROM dated GROUP BY event_id
)
SELECT DISTINCT t.event_id
FROM windows t JOIN windows e
    ON e.kind = t.kind AND e.giver IS NOT DISTINCT FROM t.giver AND e.receiver IS NOT DISTINCT FROM t.receiver
    AND e.list_act IS NOT DISTINCT FROM t.list_act AND e.event_id <> t.event_id
    AND coalesce(e.date_from, e.date_to) >= t.date_from AND coalesce(e.date_to, e.date_from) <= t.date_to
    AND (coalesce(e.date_from, e.date_to) > t.date_from OR coalesce(e.date_to, e.date_from) < t.date_to)
WHERE t.kind NOT IN ('talks', 'ceasefire') AND (t.amount IS NULL OR e.amount IS NULL OR t.amount >= e.amount)
