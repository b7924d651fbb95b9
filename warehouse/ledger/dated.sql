-- dated: reports with a day, each in its slot: by the count, then by the category, then by the nearest count; without a count, by the category, then the largest.
-- What is the same of many reports is looked at once.
WITH
kinds AS (
    SELECT DISTINCT window_key, date_from IS NULL AS open, amount, list_contains(categories, 'civilians') AS civilians,
        kind, giver, receiver, list_act, date_from, date_to
    FROM reports WHERE last_day IS NOT NULL
),
placed AS (
    SELECT k.*, s.slot, s.place
    FROM kinds k LEFT JOIN slots s USING (window_key)
    QUALIFY row_number() OVER (
        PARTITION BY k.window_key, k.open, k.date_to, k.amount, k.civilians
        ORDER BY (k.amount = s.slot) DESC NULLS LAST,
            (k.civilians = s.civilians) DESC NULLS LAST,
            abs(k.amount - s.slot) NULLS LAST, s.slot DESC
    ) = 1
),
named AS (
    SELECT window_key, open, amount, civilians, slot, place, date_to,
        kind || '.' || coalesce(giver, 'unknown') || '-' || coalesce(receiver, 'none')
        || CASE WHEN list_act IS NULL THEN '' ELSE '.' || list_act END
        || '.' || CASE WHEN date_from IS NULL AND date_to IS NOT NULL THEN 'by-' || date_to
            WHEN date_to IS NULL OR date_from = date_to THEN CAST(date_from AS VARCHAR)
            ELSE date_from || '.' || date_to END
        || CASE WHEN coalesce(place, 1) = 1 THEN '' ELSE '.' || slot END AS event_id
    FROM placed
)
SELECT r.*, n.event_id
FROM reports r JOIN named n
    ON n.window_key = r.window_key AND n.open = (r.date_from IS NULL) AND n.date_to IS NOT DISTINCT FROM r.date_to
    AND n.amount IS NOT DISTINCT FROM r.amount AND n.civilians = list_contains(r.categories, 'civilians')
WHERE r.last_day IS NOT NULL
