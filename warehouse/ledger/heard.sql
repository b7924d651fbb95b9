-- heard: the tellings that count as of `day`, without what was struck by then.
WITH
newest AS (
    SELECT subject_id, subject, act FROM retractions
    WHERE made_at <= known_at AND CAST(made_at AT TIME ZONE 'Europe/Kyiv' AS DATE) <= day
    QUALIFY row_number() OVER (PARTITION BY subject_id ORDER BY made_at DESC, retraction_id DESC) = 1
),
struck AS (
    SELECT coalesce(list(statement_id), []) AS ids FROM (
        SELECT subject_id AS statement_id FROM newest WHERE act = 'retract' AND subject = 'statement'
        UNION ALL
        SELECT s.statement_id FROM statements s JOIN newest n ON n.subject_id = s.article_id WHERE n.act = 'retract' AND n.subject = 'article'
    )
)
SELECT statement_id, fact, told_on, published_at, original, alignment, reprinted, witness
FROM tellings
WHERE counts_from <= day AND coalesce(until > day, true) AND NOT list_contains((SELECT ids FROM struck), statement_id)
