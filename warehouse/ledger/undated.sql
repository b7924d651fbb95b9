-- undated: reports without a day, each with the event that it tells of: the latest before it with its number; with no number, the latest whose categories fit.
-- One that equals a total is that total; one that fits nothing is an event of its own without a day.
WITH
days AS (
    SELECT event_id, any_value(kind) AS kind, any_value(giver) AS giver, any_value(receiver) AS receiver, any_value(list_act) AS list_act,
        max(last_day) AS last_day, list_distinct(flatten(list(categories))) AS categories, list_distinct(list(amount)) AS amounts,
        event_id IN (SELECT event_id FROM closed_totals) AS closed_total
    FROM dated GROUP BY event_id
),
fitting AS (
    SELECT r.*, h.statement_id, h.told_on, d.event_id AS fit, d.closed_total
    FROM reports r JOIN heard h USING (fact) LEFT JOIN days d
        ON d.kind = r.kind AND d.giver IS NOT DISTINCT FROM r.giver AND d.receiver IS NOT DISTINCT FROM r.receiver
        AND d.list_act IS NOT DISTINCT FROM r.list_act AND d.last_day <= h.told_on
        AND CASE
            WHEN r.kind = 'child_list' THEN true
            WHEN r.amount IS NOT NULL THEN list_contains(d.amounts, r.amount)
            ELSE NOT d.closed_total
                AND (len(r.categories) = 0 OR len(d.categories) = 0 OR list_has_any(r.categories, d.categories))
        END
    WHERE r.last_day IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY h.statement_id, r.giver
        ORDER BY list_contains(d.amounts, r.amount) DESC NULLS LAST, d.closed_total, d.last_day DESC NULLS LAST, d.event_id
    ) = 1
)
SELECT f.* EXCLUDE (fit, closed_total),
    coalesce(
        f.fit,
        f.kind || '.' || coalesce(f.giver, 'unknown') || '-' || coalesce(f.receiver, 'none')
        || CASE WHEN f.list_act IS NULL THEN '' ELSE '.' || f.list_act END || '.undated' || coalesce('.' || f.amount, '')
    ) AS event_id,
    coalesce(f.closed_total, false) OR (f.fit IS NULL AND EXISTS (
        FROM sides t
        WHERE t.stage = 'performed' AND t.scope = 'cumulative' AND t.kind = f.kind AND t.count_min = f.amount
            AND t.giver IS NOT DISTINCT FROM f.giver AND t.receiver IS NOT DISTINCT FROM f.receiver
    )) AS equals_total
FROM fitting f
