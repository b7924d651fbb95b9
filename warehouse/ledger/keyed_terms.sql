-- keyed_terms: each offer or promise with the key of its commitment. An undertaking of no dated agreement is known by its terms:
-- where it was agreed, who owes whom, how many, of which categories; talks and truces by their window of days.
WITH
rounds AS (SELECT date_to AS held_on FROM hand_overs WHERE kind = 'talks' AND date_to IS NOT NULL),
known_by_terms AS (
    SELECT t.*, m.how,
        CASE WHEN m.agreement IS NOT NULL THEN t.kind || '.' || m.agreement
            ELSE t.kind
            || CASE WHEN t.kind = 'talks' AND t.stage = 'proposed' THEN '.offer' ELSE '' END
            || CASE WHEN t.agreed_at IS NOT NULL AND t.stage = 'promised' THEN '.' || regexp_replace(lower(strip_accents(t.agreed_at)), '[^a-z0-9]+', '-', 'g') ELSE '' END
            || CASE WHEN t.kind = 'talks' OR t.from_party = 'both' THEN '' ELSE '.by-' || coalesce(CASE WHEN t.list_act = 'checked' THEN t.to_party ELSE t.from_party END, 'unknown') END
            || CASE WHEN t.list_act IS NULL THEN '' ELSE '.' || t.list_act END
            || CASE WHEN t.all_for_all THEN '.all' ELSE '' END
            || coalesce('.' || t.amount, '')
            || CASE WHEN len(t.categories) = 0 THEN '' ELSE '.' || array_to_string(list_sort(t.categories), '-') END
            || CASE
                WHEN t.kind NOT IN ('talks', 'ceasefire') THEN ''
                WHEN t.date_from IS NOT NULL OR t.date_to IS NOT NULL
                    THEN '.' || coalesce(CAST(t.date_from AS VARCHAR), 'by') || CASE WHEN t.date_to IS DISTINCT FROM t.date_from THEN coalesce('.' || t.date_to, '') ELSE '' END
                -- An undated next round is the one after the last that was held.
                WHEN t.kind = 'talks' THEN coalesce('.after-' || (SELECT max(held_on) FROM rounds WHERE held_on <= t.told_on), '')
                ELSE '' END
        END AS key
    FROM terms t LEFT JOIN matched_terms m USING (statement_id)
),
-- An offer that its giver makes again, with the same terms, at a round held after some of it was delivered is another offer; told again
-- at any other time it is the old one, retold.
again AS (
    SELECT o.statement_id, o.key, o.told_on, (
        SELECT max(r.held_on) FROM rounds r WHERE r.held_on BETWEEN o.told_on - 7 AND o.told_on AND r.held_on > o.first_on
            AND EXISTS (FROM hand_overs h WHERE h.kind = o.kind AND h.from_party = o.from_party AND NOT h.closed_total AND h.date_to > o.first_on AND h.date_to < r.held_on)
    ) AS made_at_round
    FROM (
        SELECT *, min(told_on) OVER (PARTITION BY key) AS first_on FROM known_by_terms
        WHERE how IS NULL AND stage = 'proposed' AND speaker = from_party AND from_party IN ('russia', 'ukraine') AND amount IS NOT NULL
            AND kind IN ('prisoner_exchange', 'body_repatriation') AND NOT all_for_all
    ) o
),
carried AS (
    SELECT statement_id, last_value(made_at_round IGNORE NULLS) OVER (PARTITION BY key ORDER BY told_on, statement_id ROWS UNBOUNDED PRECEDING) AS of_round
    FROM again
),
keyed AS (
    SELECT t.* EXCLUDE (key), t.key || coalesce('.' || c.of_round, '') AS key FROM known_by_terms t LEFT JOIN carried c USING (statement_id)
),
-- A giver who restates his offer with another amount, nothing having been delivered in between, makes one offer, not two.
offers AS (
    SELECT key, kind, direction, any_value(from_party) AS from_party, any_value(to_party) AS to_party, min(told_on) AS offered_on, any_value(categories) AS categories
    FROM keyed
    WHERE how IS NULL AND stage = 'proposed' AND speaker = from_party AND from_party IN ('russia', 'ukraine') AND amount IS NOT NULL
        AND kind IN ('prisoner_exchange', 'body_repatriation') AND NOT all_for_all
    GROUP BY key, kind, direction
),
chained AS (
    SELECT o.*, lag(o.offered_on) OVER same_offer AS previous_on,
        EXISTS (FROM hand_overs h WHERE h.kind = o.kind AND h.from_party = o.from_party AND NOT h.closed_total
            AND h.date_to > (SELECT max(p.offered_on) FROM offers p WHERE p.kind = o.kind AND p.direction = o.direction
                AND p.categories = o.categories AND (p.offered_on, p.key) < (o.offered_on, o.key))
            AND h.date_to <= o.offered_on) AS delivered_between
    FROM offers o WINDOW same_offer AS (PARTITION BY o.kind, o.direction, o.categories ORDER BY o.offered_on, o.key)
),
chains AS (
    SELECT *, sum(CASE WHEN previous_on IS NULL OR delivered_between THEN 1 ELSE 0 END) OVER (PARTITION BY kind, direction, categories ORDER BY offered_on, key) AS chain
    FROM chained
),
restated AS (SELECT key, first_value(key) OVER (PARTITION BY kind, direction, categories, chain ORDER BY offered_on, key) AS offer_key FROM chains)
SELECT k.* EXCLUDE (key), coalesce(r.offer_key, k.key) AS commitment_id, k.how IS NOT DISTINCT FROM 'stage' AS is_stage
FROM keyed k LEFT JOIN restated r ON r.key = k.key AND k.how IS NULL
