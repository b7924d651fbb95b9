-- present_statements: what the newest reading of each article's present text found.
WITH present AS (
    SELECT r.* FROM readings r
    JOIN (SELECT article_id, max(version) AS version FROM articles GROUP BY article_id) v USING (article_id, version)
    QUALIFY row_number() OVER (PARTITION BY r.article_id ORDER BY r.read_at DESC, r.reading_id) = 1
)
SELECT s.* FROM statements s
JOIN (SELECT unnest(statement_ids) AS statement_id FROM present) p USING (statement_id)
