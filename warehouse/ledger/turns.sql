-- turns: refusals, postponements and denials, each with the commitment that it speaks of: of its kind and direction, by the amount or the
-- window named; then one that the same article tells of; then the latest. A refusal of something that nobody is known to have offered
-- is a commitment of its own, so that it is not lost.
WITH
known AS (
    SELECT commitment_id, any_value(k.kind) AS kind, list_distinct(list(k.amount)) AS amounts,
        list_distinct(list(direction)) AS directions, list_distinct(flatten(list(k.categories))) AS categories,
        list_distinct(list(date_to)) AS last_days, list_distinct(list(list_act)) AS list_acts,
        bool_or(stage = 'promised') AS promised, min(coalesce(k.agreed_on, told_on)) AS made_on, bool_or(how IS NOT NULL) AS agreed,
        min(a.done_on) AS done_on, min(a.closed_on) AS closed_on, row_number() OVER (ORDER BY commitment_id) AS place
    FROM keyed_terms k LEFT JOIN agreements a ON k.commitment_id = a.kind || '.' || a.agreed_on GROUP BY commitment_id
),
told_by AS (SELECT DISTINCT commitment_id, original FROM keyed_terms),
spoken AS (
    SELECT f.*, h.statement_id, h.published_at, h.told_on, h.original,
        coalesce(f.count_min, f.count_max) AS amount, coalesce(f.from_party, 'none') || coalesce('-' || f.to_party, '') AS direction
    FROM facts f JOIN heard h USING (fact) WHERE f.stage IN ('refused', 'postponed', 'denied')
),
-- What is said is held against each commitment once, however many say it.
fitting AS (
    SELECT s.fact, k.commitment_id, k.made_on, k.place, k.promised, least(k.done_on, k.closed_on) AS ended_on,
        s.stage = 'postponed' OR (s.stage = 'refused' AND k.promised AND s.kind NOT IN ('ceasefire', 'talks')) AS only_open,
        s.amount IS NOT NULL AND list_contains(k.amounts, s.amount) AS by_amount,
        s.date_to IS NOT NULL AND list_contains(k.last_days, s.date_to) AS by_window
    FROM (SELECT DISTINCT ON (fact) * FROM spoken) s JOIN known k
        ON k.kind = s.kind
        AND (s.amount IS NULL OR list_contains(k.amounts, s.amount) OR (s.stage <> 'refused' AND k.agreed))
        AND (s.date_to IS NULL OR s.stage <> 'refused' OR list_contains(k.last_days, s.date_to))
        AND (s.list_act IS NULL OR list_contains(k.list_acts, s.list_act))
        -- What was undertaken and is under way is turned down only in its own direction, and while it is open.
        AND (s.stage <> 'refused' OR NOT k.promised OR s.kind IN ('ceasefire', 'talks') OR list_contains(k.directions, s.direction))
        AND (s.kind IN ('ceasefire', 'talks') OR s.from_party IS NOT DISTINCT FROM 'both' OR list_contains(k.directions, s.direction) OR list_contains(k.directions, 'both-both'))
        AND (len(s.categories) = 0 OR len(k.categories) = 0 OR list_has_any(s.categories, k.categories))
        -- What was undertaken can be put off; what was only asked for cannot.
        AND (s.stage <> 'postponed' OR k.promised)
),
-- What is done or closed can no longer be put off; a refusal or a denial may speak of it.
matched AS (
    SELECT s.statement_id,
        arg_max(f.commitment_id, (f.by_amount, f.by_window, b.original IS NOT NULL, s.stage = 'refused' AND NOT f.promised, f.made_on, -f.place)) AS commitment_id
    FROM spoken s JOIN fitting f
        ON f.fact = s.fact AND f.made_on <= s.told_on
        AND (NOT f.only_open OR f.ended_on IS NULL OR f.ended_on > s.told_on OR (s.stage = 'postponed' AND f.ended_on = s.told_on))
    LEFT JOIN told_by b ON b.commitment_id = f.commitment_id AND b.original = s.original
    GROUP BY s.statement_id
)
SELECT s.* EXCLUDE (direction),
    coalesce(m.commitment_id, CASE WHEN s.stage = 'refused' THEN
        s.kind || CASE WHEN s.kind = 'ceasefire' OR s.from_party = 'both' THEN '' WHEN s.kind = 'talks' THEN '.offer' ELSE '.by-' || coalesce(s.from_party, 'unknown') END
        || CASE WHEN s.all_for_all THEN '.all' ELSE '' END || coalesce('.' || s.amount, '')
        || CASE WHEN len(s.categories) = 0 THEN '' ELSE '.' || array_to_string(list_sort(s.categories), '-') END
        || CASE WHEN s.date_to IS NULL OR s.kind NOT IN ('ceasefire', 'talks') THEN '' ELSE '.' || coalesce(CAST(s.date_from AS VARCHAR), 'by')
            || CASE WHEN s.date_to IS DISTINCT FROM s.date_from THEN '.' || s.date_to ELSE '' END END
    END) AS commitment_id
FROM spoken s LEFT JOIN matched m USING (statement_id)
