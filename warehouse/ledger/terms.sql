-- terms: what was offered, demanded or undertaken, a row a statement, in the form in which undertakings are compared.
-- The amount of a floor ("at least N") or a ceiling ("up to N") is N; a truce of "at least 30 days" is a truce of 30 days.
SELECT
    h.*,
    coalesce(h.count_min, h.count_max) AS amount,
    h.from_party = 'both' AND NOT h.per_side AND coalesce(h.count_min, h.count_max) IS NOT NULL AND h.kind NOT IN ('ceasefire', 'talks') AS of_pair,
    h.count_max IS NULL AND h.count_min IS NOT NULL AND h.kind <> 'ceasefire' AS open_ended,
    coalesce(h.from_party, 'none') || coalesce('-' || h.to_party, '') AS direction
FROM heard h
WHERE h.stage IN ('proposed', 'promised')
