-- terms: what was offered, demanded or undertaken, a row a statement, in the form in which undertakings are compared.
-- The amount of a floor ("at least N") or a ceiling ("up to N") is N; a truce of "at least 30 days" is a truce of 30 days.
SELECT
    f.*, h.statement_id, h.published_at, h.told_on, h.original, h.reprinted,
    coalesce(f.count_min, f.count_max) AS amount,
    f.from_party = 'both' AND NOT f.per_side AND coalesce(f.count_min, f.count_max) IS NOT NULL AND f.kind NOT IN ('ceasefire', 'talks') AS of_pair,
    f.count_max IS NULL AND f.count_min IS NOT NULL AND f.kind <> 'ceasefire' AS open_ended,
    coalesce(f.from_party, 'none') || coalesce('-' || f.to_party, '') AS direction
FROM facts f JOIN heard h USING (fact)
WHERE f.stage IN ('proposed', 'promised')
