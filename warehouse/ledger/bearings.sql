-- bearings: every statement that bears on an obligation, and how. `evidence` and the history's causes are read off here.
SELECT b.obligation_id, k.statement_id, 'term' AS bearing, k.told_on, k.published_at
FROM keyed_terms k JOIN legs l USING (statement_id) JOIN bonds b ON b.commitment_id = k.commitment_id AND b.from_party IS NOT DISTINCT FROM l.giver AND b.to_party IS NOT DISTINCT FROM l.receiver
UNION
SELECT b.obligation_id, t.statement_id, t.stage, t.told_on, t.published_at FROM turns t JOIN bonds b USING (commitment_id)
UNION
SELECT a.obligation_id, c.statement_id, 'delivery', c.told_on, c.published_at FROM accounts c JOIN hand_overs h USING (event) JOIN allocations a USING (event_id)
UNION
SELECT b.obligation_id, s.statement_id, 'list', s.told_on, s.published_at
FROM (SELECT commitment_id, unnest(statement_ids) AS statement_id FROM list_demands) d JOIN heard s USING (statement_id) JOIN bonds b USING (commitment_id)
UNION
SELECT d.obligation_id, s.statement_id, CASE WHEN f.stage = 'denied' THEN 'denied' ELSE 'completion' END, s.told_on, s.published_at
FROM (SELECT obligation_id, unnest(statement_ids) AS statement_id FROM declarations) d JOIN heard s USING (statement_id) JOIN facts f USING (fact)
