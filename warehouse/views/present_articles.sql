-- present_articles: the present text of each article, with its outlet's alignment and the article that it copies.
SELECT a.*, s.outlet, s.alignment, s.sample, coalesce(c.copy_of, a.article_id) AS copy_of
FROM articles a
JOIN sources s USING (source_id)
LEFT JOIN copies c USING (article_id)
QUALIFY row_number() OVER (PARTITION BY a.article_id ORDER BY a.version DESC) = 1
