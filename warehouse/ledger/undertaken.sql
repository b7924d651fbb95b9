-- undertaken: the first day on which whoever must act is known to have taken each duty on by word (conduct comes with the deliveries),
-- and whether it was refused since. A refusal stands until its author returns to the matter.
WITH
words AS (
    SELECT k.commitment_id, l.giver, l.receiver, k.stage, k.told_on, k.published_at, k.speaker
    FROM keyed_terms k JOIN legs l USING (statement_id)
),
refusals AS (
    SELECT t.commitment_id, t.told_on, t.published_at,
        CASE WHEN t.from_party IN ('russia', 'ukraine') AND t.kind = 'ceasefire' THEN t.from_party ELSE coalesce(t.speaker, t.from_party) END AS refuser
    FROM turns t WHERE t.stage = 'refused'
    QUALIFY row_number() OVER (PARTITION BY t.commitment_id ORDER BY t.published_at DESC, t.statement_id) = 1
)
SELECT d.commitment_id, d.from_party, d.to_party,
    min(w.told_on) FILTER (w.stage = 'promised') AS promised_on, max(w.told_on) AS last_term_on,
    any_value(r.refuser) AS refuser,
    CASE WHEN bool_or(r.told_on IS NOT NULL) AND NOT coalesce(bool_or(w.published_at > r.published_at AND (w.stage = 'promised' OR w.speaker = r.refuser)), false)
        THEN any_value(r.told_on) END AS refused_on
FROM duties d
LEFT JOIN words w ON w.commitment_id = d.commitment_id AND w.giver IS NOT DISTINCT FROM d.from_party AND w.receiver IS NOT DISTINCT FROM d.to_party
LEFT JOIN refusals r ON r.commitment_id = d.commitment_id
GROUP BY d.commitment_id, d.from_party, d.to_party
