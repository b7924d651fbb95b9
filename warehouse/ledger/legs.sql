-- legs: each statement in each direction that it speaks of, with whose account it is. Plain reports, nine statements in ten, are not
-- among them: these are looked at as facts (`reports`, `totals`), and told as `accounts`.
SELECT s.*, h.statement_id, h.published_at, h.told_on, h.original, h.alignment
FROM sides s JOIN heard h USING (fact)
WHERE s.stage <> 'performed' OR s.completes
