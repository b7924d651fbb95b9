-- matched_terms: each offer or promise with the dated agreement that it speaks of, if any, and how it was found.
-- The day named; else the same amount; else all of the same categories; else a stage: no number, or a smaller one, in the agreement's lifetime.
WITH candidates AS (
    SELECT t.statement_id, a.agreed_on AS agreement,
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
            WHEN t.told_on < coalesce(a.done_on, DATE '9999-12-31') AND t.told_on <= coalesce(a.closed_on, DATE '9999-12-31')
                AND (t.amount IS NULL OR t.amount < a.amount OR (t.of_pair AND t.amount < 2 * a.amount)) THEN 'stage'
        END AS how
    FROM terms t JOIN agreements a ON a.kind = t.kind AND a.agreed_on <= t.told_on
)
SELECT statement_id, agreement, how FROM candidates WHERE how IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY statement_id
    ORDER BY array_position(['named', 'amount', 'categories', 'stage'], how), agreement DESC
) = 1
