-- matched_terms: each offer or promise with the dated agreement that it speaks of, if any, and how it was found.
-- The day named; else the same amount; else all of the same categories; else a stage: no number, or a smaller one, in the agreement's lifetime.
WITH
ways AS (SELECT DISTINCT ON (fact) fact, kind, stage, from_party, speaker, agreed_on, agreed_at, date_to, categories, amount, of_pair, all_for_all FROM terms),
-- What is said is held against each agreement once, however many say it; a stage is one only in the agreement's lifetime (up to `until`).
candidates AS (
    SELECT t.fact, a.agreed_on AS agreement, least(a.done_on - 1, a.closed_on) AS until,
        CASE
            WHEN t.agreed_on IS NOT NULL THEN CASE WHEN t.agreed_on = a.agreed_on THEN 'named' END
            WHEN t.agreed_at IS NOT NULL AND t.agreed_at IS DISTINCT FROM a.agreed_at THEN NULL
            WHEN t.kind = 'ceasefire' OR (t.kind = 'talks' AND (t.stage = 'proposed' OR t.date_to IS NOT NULL)) THEN NULL
            WHEN len(t.categories) > 0 AND len(a.categories) > 0 AND NOT list_has_any(t.categories, a.categories) THEN NULL
            -- A count of the pair is no side's number: it can be a stage, and no more.
            WHEN t.amount IS NOT NULL AND NOT t.of_pair AND list_contains(a.amounts, t.amount) THEN 'amount'
            WHEN t.all_for_all THEN CASE WHEN a.all_for_all AND list_has_any(t.categories, a.categories) THEN 'categories' END
            -- What a receiver asks for besides is no stage of what was undertaken: a demand is never counted among the promised.
            WHEN t.stage = 'proposed' AND t.from_party <> 'both' AND t.speaker <> t.from_party THEN NULL
            WHEN t.amount IS NULL OR t.amount < a.amount OR (t.of_pair AND t.amount < 2 * a.amount) THEN 'stage'
        END AS how
    FROM ways t JOIN agreements a ON a.kind = t.kind
),
fitting AS (SELECT *, array_position(['stage', 'categories', 'amount', 'named'], how) AS rank FROM candidates WHERE how IS NOT NULL)
SELECT t.statement_id, arg_max(c.agreement, (c.rank, c.agreement)) AS agreement, arg_max(c.how, (c.rank, c.agreement)) AS how
FROM terms t JOIN fitting c ON c.fact = t.fact AND c.agreement <= t.told_on AND (c.how <> 'stage' OR c.until IS NULL OR t.told_on <= c.until)
GROUP BY t.statement_id
