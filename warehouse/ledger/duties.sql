-- duties: who owes whom under each commitment, with the amount that is owed in that direction: as the giver states it, else the receiver,
-- else a mediator, else outlets; of two numbers by one account the one that more originals give, then the later.
-- A stage ("the first 500 on Friday") says nothing of what is owed in all.
WITH
parts AS (
    SELECT commitment_id, statement_id, 'term' AS part, is_stage FROM keyed_terms
    UNION ALL
    SELECT commitment_id, statement_id, 'refusal', false FROM turns WHERE stage = 'refused' AND commitment_id NOT IN (SELECT commitment_id FROM keyed_terms)
),
told AS (
    SELECT t.commitment_id, t.part, t.is_stage, l.*, coalesce(l.count_min, l.count_max) AS amount,
        array_position(['giver', 'receiver', 'mediator', 'outlets'], l.account) AS standing
    FROM parts t JOIN legs l USING (statement_id)
),
-- Only where nothing but stages is known do these define the undertaking.
whole AS (SELECT DISTINCT commitment_id FROM told WHERE NOT is_stage),
defining AS (
    SELECT t.* FROM told t LEFT JOIN whole w USING (commitment_id) WHERE NOT t.is_stage OR w.commitment_id IS NULL
),
amounts AS (
    SELECT commitment_id, giver, receiver, standing, amount, min(count_min) AS count_min, max(count_max) AS count_max,
        count(DISTINCT original) AS originals, max(published_at) AS last_told
    FROM defining WHERE amount IS NOT NULL GROUP BY ALL
),
owed AS (
    SELECT * FROM amounts
    QUALIFY row_number() OVER (PARTITION BY commitment_id, giver, receiver ORDER BY standing, originals DESC, last_told DESC, amount DESC) = 1
)
SELECT d.commitment_id, any_value(d.kind) AS kind, d.giver AS from_party, d.receiver AS to_party,
    any_value(coalesce(o.count_min, CASE WHEN o.count_max IS NOT NULL THEN o.count_max END)) AS promised_min, any_value(o.count_max) AS promised_max,
    bool_or(d.all_for_all) AS all_for_all, bool_or(d.from_list) AS of_list,
    arg_max(d.date_from, (d.published_at, d.date_from)) FILTER (d.date_from IS NOT NULL) AS starts_on,
    arg_max(d.date_to, (d.published_at, d.date_to)) FILTER (d.date_to IS NOT NULL) AS due_on,
    list_sort(list_distinct(list(d.statement_id))) AS statement_ids
FROM defining d LEFT JOIN owed o
    ON o.commitment_id = d.commitment_id AND o.giver IS NOT DISTINCT FROM d.giver AND o.receiver IS NOT DISTINCT FROM d.receiver
GROUP BY d.commitment_id, d.giver, d.receiver
UNION ALL BY NAME
SELECT commitment_id, 'child_return' AS kind, from_party, to_party, promised_min, promised_min AS promised_max, false AS all_for_all,
    true AS of_list, CAST(NULL AS DATE) AS starts_on, CAST(NULL AS DATE) AS due_on, statement_ids
FROM list_demands
