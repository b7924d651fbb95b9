-- postponements: obligations put off, until the next performance or a new date.
WITH done AS (
    SELECT a.obligation_id, max(coalesce(h.date_to, h.first_told_on)) AS last_done_on FROM hand_overs h JOIN allocations a USING (event_id) GROUP BY a.obligation_id
)
SELECT b.obligation_id, max(t.told_on) AS postponed_on
FROM turns t JOIN bonds b USING (commitment_id)
JOIN legs l ON l.statement_id = t.statement_id AND l.giver IS NOT DISTINCT FROM b.from_party AND l.receiver IS NOT DISTINCT FROM b.to_party
LEFT JOIN done d ON d.obligation_id = b.obligation_id
WHERE t.stage = 'postponed'
    AND coalesce(d.last_done_on < t.told_on, true)
    AND NOT EXISTS (
        FROM keyed_terms k WHERE k.commitment_id = b.commitment_id AND k.stage = 'promised' AND k.published_at > t.published_at
            AND coalesce(k.date_to, k.date_from) > t.told_on
    )
GROUP BY b.obligation_id
