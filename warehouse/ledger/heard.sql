-- heard: every statement that counts as of `day` by what was known at `known_at`, with the day it was told on, its outlet's alignment
-- and the article it copies. The version in force: the first counts from its publication day, a corrected one from the day it was seen
-- (Europe/Kyiv). What it says is what its newest reading found, without what was struck by that day.
WITH
versions AS (
    SELECT article_id, version, source_id,
        CAST((CASE WHEN version = 1 THEN published_at ELSE greatest(first_seen_at, published_at) END) AT TIME ZONE 'Europe/Kyiv' AS DATE) AS counts_from
    FROM articles WHERE first_seen_at <= known_at
),
in_force AS (
    SELECT * FROM versions WHERE counts_from <= day
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
),
newest_reading AS (
    SELECT r.article_id, r.version, r.statement_ids, f.source_id, f.counts_from
    FROM readings r JOIN in_force f USING (article_id, version)
    WHERE r.read_at <= known_at
    QUALIFY row_number() OVER (PARTITION BY r.article_id ORDER BY r.read_at DESC, r.reading_id DESC) = 1
),
struck AS (
    SELECT coalesce(list(subject_id), []) FROM (
        SELECT subject_id, act FROM retractions
        WHERE made_at <= known_at AND CAST(made_at AT TIME ZONE 'Europe/Kyiv' AS DATE) <= day
        QUALIFY row_number() OVER (PARTITION BY subject_id ORDER BY made_at DESC, retraction_id DESC) = 1
    ) WHERE act = 'retract'
),
-- Whole numbers for the originals, in the order of their ids: a tenth of the cost of comparing the ids themselves.
numbered AS (SELECT article_id, row_number() OVER (ORDER BY article_id) AS number FROM in_force),
-- Materialized: else the planner joins all this to the statements one by one, at three times the cost.
texts AS MATERIALIZED (
    SELECT r.article_id, r.version, r.statement_ids, r.counts_from, p.alignment, coalesce(o.number, n.number) AS original
    FROM newest_reading r JOIN numbered n USING (article_id) JOIN sources p USING (source_id)
    LEFT JOIN copies c ON c.article_id = r.article_id LEFT JOIN numbered o ON o.article_id = c.copy_of
    WHERE NOT list_contains((FROM struck), r.article_id)
)
SELECT
    s.statement_id, s.published_at,
    -- The same said by another, or elsewhere, is the same fact (64 bits: a million of them collide once in thirty million times).
    hash(s.kind, s.stage, s.categories, s.all_for_all, s.from_party, s.to_party, s.count_min, s.count_max, s.per_side, s.scope, s.date_from, s.date_to,
        s.speaker, s.agreed_on, s.agreed_at, s.completes, s.denies, s.list_act, s.from_list) AS fact,
    s.kind, s.stage, s.categories, s.all_for_all, s.from_party, s.to_party, s.count_min, s.count_max, s.per_side,
    s.scope, s.date_from, s.date_to, s.speaker, s.agreed_on, s.agreed_at, s.completes, s.denies, s.list_act, s.from_list,
    t.counts_from AS told_on,
    t.original,
    t.alignment,
    -- One speaker is one witness, however many quote him; others are as many as there are texts.
    CASE s.speaker WHEN 'ukraine' THEN -1 WHEN 'russia' THEN -2 WHEN 'mediator' THEN -3 WHEN 'other' THEN -10 - 2 * t.original ELSE -11 - 2 * t.original END AS witness
FROM texts t
JOIN statements s ON s.article_id = t.article_id AND s.version = t.version AND list_contains(t.statement_ids, s.statement_id)
WHERE NOT list_contains((FROM struck), s.statement_id)
