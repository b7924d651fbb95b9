-- tellings: every statement by what was known at `known_at`, with the days on which it counts: from `told_on` on, before `until`. A first
-- version counts from its publication day, a corrected one from the day it was seen (Europe/Kyiv), each until a later one does. What a
-- version says is what its newest reading found. This does not depend on the day, so the published file keeps it.
WITH
versions AS (
    SELECT *, min(counts_from) OVER (PARTITION BY article_id ORDER BY version ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS until
    FROM (
        SELECT article_id, version, source_id, published_at,
            CAST((CASE WHEN version = 1 THEN published_at ELSE greatest(first_seen_at, published_at) END) AT TIME ZONE 'Europe/Kyiv' AS DATE) AS counts_from
        FROM articles WHERE first_seen_at <= known_at
    )
),
newest_reading AS (
    SELECT article_id, version, statement_ids FROM readings WHERE read_at <= known_at
    QUALIFY row_number() OVER (PARTITION BY article_id, version ORDER BY read_at DESC, reading_id DESC) = 1
),
-- Whole numbers for the originals, in the order of their ids: a tenth of the cost of comparing the ids themselves.
-- Also of an original that is not known yet: its copies are one text without it.
numbers AS (
    SELECT text_id, row_number() OVER (ORDER BY text_id) AS number
    FROM (SELECT article_id AS text_id FROM articles UNION SELECT copy_of FROM copies)
),
-- A copy counts from its original's day and outlet: it is no news.
numbered AS (
    SELECT article_id, row_number() OVER (ORDER BY article_id) AS number, min(counts_from) AS first_from, min(published_at) AS published_at, min(source_id) AS source_id
    FROM versions GROUP BY article_id
),
-- Materialized: else the planner joins all this to the statements one by one, at three times the cost.
texts AS MATERIALIZED (
    SELECT r.article_id, r.version, r.statement_ids, v.counts_from, v.until, least(v.counts_from, o.first_from) AS told_on,
        least(n.published_at, o.published_at) AS published_at, p.alignment, t.number AS original, coalesce(o.number <> n.number, false) AS reprinted
    FROM newest_reading r JOIN versions v USING (article_id, version) JOIN numbered n USING (article_id)
    LEFT JOIN copies c ON c.article_id = r.article_id LEFT JOIN numbered o ON o.article_id = c.copy_of
    JOIN numbers t ON t.text_id = coalesce(c.copy_of, r.article_id)
    JOIN sources p ON p.source_id = coalesce(o.source_id, n.source_id)
    WHERE v.until IS NULL OR v.until > v.counts_from
)
SELECT
    s.statement_id,
    -- The same said by another, or elsewhere, is the same fact (64 bits: a million of them collide once in thirty million times).
    hash(s.kind, s.stage, s.categories, s.all_for_all, s.from_party, s.to_party, s.count_min, s.count_max, s.per_side, s.scope, s.date_from, s.date_to,
        s.speaker, s.agreed_on, s.agreed_at, s.completes, s.denies, s.list_act, s.from_list) AS fact,
    t.counts_from, t.told_on, t.until, t.published_at, t.original, t.alignment, t.reprinted,
    -- One speaker is one witness, however many quote him; others are as many as there are texts.
    CASE s.speaker WHEN 'ukraine' THEN -1 WHEN 'russia' THEN -2 WHEN 'mediator' THEN -3 WHEN 'other' THEN -10 - 2 * t.original ELSE -11 - 2 * t.original END AS witness
FROM texts t
JOIN statements s ON s.article_id = t.article_id AND s.version = t.version AND list_contains(t.statement_ids, s.statement_id)
