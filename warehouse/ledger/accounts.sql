-- accounts: each telling of one occasion, with the event that it tells of, whose account it is and the number that it gives. There are nearly as
-- many as statements, so the event is a number here (`hand_overs` has its id): a third of the cost of a text.
WITH
of_days AS (
    SELECT d.fact, d.giver, hash(d.event_id) AS event, d.account, d.amount, d.exact, d.account = 'outlets' AND d.speaker IS NULL AS own_voice, c.event_id IS NOT NULL AS closed_total
    FROM dated d LEFT JOIN closed_totals c USING (event_id)
)
SELECT h.statement_id, h.told_on, h.published_at, h.original, h.witness, h.alignment, d.*
FROM heard h JOIN of_days d USING (fact)
UNION ALL BY NAME
SELECT h.statement_id, h.told_on, h.published_at, h.original, h.witness, h.alignment,
    u.fact, u.giver, hash(u.event_id) AS event, u.account, u.amount, u.exact, u.account = 'outlets' AND u.speaker IS NULL AS own_voice, u.equals_total AS closed_total
FROM undated u JOIN heard h USING (statement_id)
