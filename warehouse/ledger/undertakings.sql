-- undertakings: one row a commitment, with its terms: what it is of, from when, by when, agreed where.
-- Its categories are those of the statements that give its amount or say "all"; a stage's categories do not narrow it.
WITH
kinds_of AS (
    SELECT commitment_id, bool_and(is_stage) AS only_stages, bool_or(amount IS NOT NULL OR all_for_all) AS sized,
        bool_or(NOT is_stage AND (amount IS NOT NULL OR all_for_all)) AS sized_without_stages
    FROM keyed_terms GROUP BY commitment_id
),
main_terms AS (
    SELECT k.* FROM keyed_terms k JOIN kinds_of o USING (commitment_id)
    WHERE (NOT k.is_stage OR o.only_stages)
        AND (k.amount IS NOT NULL OR k.all_for_all OR NOT CASE WHEN o.only_stages THEN o.sized ELSE o.sized_without_stages END)
),
terms_of AS (
    SELECT commitment_id, any_value(kind) AS kind,
        list_sort(list_distinct(flatten(list(categories)))) AS categories, bool_or(all_for_all) AS all_for_all,
        min(coalesce(agreed_on, told_on)) AS made_on,
        arg_max(date_from, (published_at, date_from)) FILTER (date_from IS NOT NULL) AS starts_on,
        arg_max(date_to, (published_at, date_to)) FILTER (date_to IS NOT NULL) AS due_on,
        max(agreed_on) AS agreed_on, mode(agreed_at ORDER BY agreed_at) FILTER (NOT reprinted) AS agreed_at, max(list_act) AS list_act,
        bool_or(amount IS NOT NULL AND NOT of_pair) AS numbered,
        -- One side calls it mutual, and the other never does.
        coalesce(
            (bool_or(direction = 'both-both') FILTER (stage = 'promised' AND speaker = 'russia'))
            <> (bool_or(direction = 'both-both') FILTER (stage = 'promised' AND speaker = 'ukraine')), false
        ) AS directions_differ,
        count(DISTINCT amount) FILTER (stage = 'promised' AND speaker IN ('russia', 'ukraine')) > 1 AS amounts_differ,
        list_sort(list_distinct(list(statement_id))) AS statement_ids
    FROM main_terms GROUP BY commitment_id
),
own_refusals AS (
    SELECT commitment_id, any_value(kind) AS kind, list_sort(list_distinct(flatten(list(categories)))) AS categories, bool_or(all_for_all) AS all_for_all,
        min(told_on) AS made_on, CAST(NULL AS DATE) AS starts_on, max(date_to) AS due_on, CAST(NULL AS DATE) AS agreed_on,
        CAST(NULL AS VARCHAR) AS agreed_at, max(list_act) AS list_act, false AS directions_differ, false AS amounts_differ,
        list_sort(list_distinct(list(statement_id))) AS statement_ids
    FROM turns WHERE stage = 'refused' AND commitment_id NOT IN (SELECT commitment_id FROM keyed_terms) GROUP BY commitment_id
),
demands AS (
    SELECT commitment_id, 'child_return' AS kind, CAST([] AS VARCHAR[]) AS categories, false AS all_for_all, made_on,
        CAST(NULL AS DATE) AS starts_on, CAST(NULL AS DATE) AS due_on, CAST(NULL AS DATE) AS agreed_on, CAST(NULL AS VARCHAR) AS agreed_at,
        CAST(NULL AS VARCHAR) AS list_act, false AS directions_differ, false AS amounts_differ, statement_ids
    FROM list_demands
)
SELECT u.* EXCLUDE (numbered),
    -- A later agreement of the same kind closes an earlier undertaking without a number, also one of no agreement's own.
    coalesce(a.closed_on, CASE WHEN u.agreed_on IS NULL AND NOT coalesce(u.numbered, true) AND u.kind IN ('prisoner_exchange', 'body_repatriation') THEN (
        SELECT min(x.agreed_on) FROM agreements x WHERE x.kind = u.kind AND x.agreed_on > u.made_on
    ) END) AS closed_on
FROM (FROM terms_of UNION ALL BY NAME FROM own_refusals UNION ALL BY NAME FROM demands) u
LEFT JOIN agreements a ON a.kind = u.kind AND a.agreed_on = u.agreed_on
