-- dated: reports with a day, each in its slot: by the count, then by the category, then by the nearest count; without a count, by the category, then the largest.
WITH placed AS (
    SELECT r.*, s.slot, s.place
    FROM reports r LEFT JOIN slots s USING (window_key)
    WHERE r.last_day IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY r.statement_id, r.giver
        ORDER BY (r.amount = s.slot) DESC NULLS LAST,
            (list_contains(r.categories, 'civilians') = s.civilians) DESC NULLS LAST,
            abs(r.amount - s.slot) NULLS LAST, s.slot DESC
    ) = 1
)
SELECT *,
    kind || '.' || coalesce(giver, 'unknown') || '-' || coalesce(receiver, 'none')
    || CASE WHEN list_act IS NULL THEN '' ELSE '.' || list_act END
    || '.' || CASE WHEN date_from IS NULL AND date_to IS NOT NULL THEN 'by-' || date_to
        WHEN date_to IS NULL OR date_from = date_to THEN CAST(date_from AS VARCHAR)
        ELSE date_from || '.' || date_to END
    || CASE WHEN coalesce(place, 1) = 1 THEN '' ELSE '.' || slot END AS event_id
FROM placed
