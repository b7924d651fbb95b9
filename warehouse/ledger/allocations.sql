-- allocations: the one obligation that each event fills. Events are taken in the order of their days; each goes, whole, to the first
-- fitting obligation that is not yet full, so that every unit is allocated once. What fits nothing stays unallocated.
WITH RECURSIVE
queue AS (
    SELECT f.*, dense_rank() OVER (PARTITION BY h.kind, h.from_party, h.to_party ORDER BY f.day_of_event, f.event_id) AS step,
        hash(h.kind, h.from_party, h.to_party) AS lane
    FROM fits f JOIN hand_overs h USING (event_id)
),
filling (lane, step, event_id, obligation_id, filled) AS (
    SELECT DISTINCT lane, CAST(0 AS BIGINT), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(MAP {} AS MAP(VARCHAR, BIGINT)) FROM queue
    UNION ALL
    SELECT lane, step, event_id, obligation_id,
        CASE WHEN obligation_id IS NULL THEN filled
            ELSE map_concat(filled, MAP {obligation_id: coalesce(filled[obligation_id], 0) + amount}) END
    FROM (
        SELECT f.lane, q.step, q.event_id, any_value(f.filled) AS filled,
            arg_min(coalesce(q.amount, CASE WHEN q.capacity = 1 THEN 1 ELSE 0 END), q.preference) FILTER (
                q.strong OR q.capacity IS NULL OR coalesce(f.filled[q.obligation_id], 0) < q.capacity
            ) AS amount,
            arg_min(q.obligation_id, q.preference) FILTER (
                q.strong OR q.capacity IS NULL OR coalesce(f.filled[q.obligation_id], 0) < q.capacity
            ) AS obligation_id
        FROM filling f JOIN queue q ON q.lane = f.lane AND q.step = f.step + 1
        GROUP BY f.lane, q.step, q.event_id
    )
)
SELECT event_id, obligation_id FROM filling WHERE obligation_id IS NOT NULL
