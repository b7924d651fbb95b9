-- heard: every statement that counts as of `day`, with the day it was told on, its outlet's alignment and the article it copies.
-- The version in force: the first counts from its publication day, a corrected one from the day it was seen (Europe/Kyiv).
-- What it says is what its newest reading found.
WITH
versions AS (
    SELECT article_id, version, url, title, published_at,
        CAST((CASE WHEN version = 1 THEN published_at ELSE greatest(first_seen_at, published_at) END) AT TIME ZONE 'Europe/Kyiv' AS DATE) AS counts_from
    FROM articles
),
in_force AS (
    SELECT * FROM versions WHERE counts_from <= day
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
),
newest_reading AS (
    SELECT r.article_id, r.version, r.statement_ids, f.counts_from
    FROM readings r JOIN in_force f USING (article_id, version)
    QUALIFY row_number() OVER (PARTITION BY r.article_id ORDER BY r.read_at DESC, r.reading_id DESC) = 1
),
found AS (SELECT article_id, version, counts_from, unnest(statement_ids) AS statement_id FROM newest_reading)
SELECT
    s.* EXCLUDE (published_at, first_seen_at),
    s.published_at,
    f.counts_from AS told_on,
    coalesce(c.copy_of, s.article_id) AS original,
    o.alignment,
    CASE WHEN s.speaker IN ('ukraine', 'russia', 'mediator') THEN s.speaker
         ELSE coalesce(s.speaker, 'outlet') || ':' || coalesce(c.copy_of, s.article_id) END AS witness
FROM found f
JOIN statements s USING (statement_id)
JOIN sources o USING (source_id)
LEFT JOIN copies c ON c.article_id = s.article_id
