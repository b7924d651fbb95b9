-- items: every entry that a feed ever listed, in exactly one state. A view over listings, attempts and extractions.
WITH
first_listing AS (
    SELECT item_id,
        arg_min(source_id, (listed_at, listing_id)) AS source_id,
        min(listed_at) AS first_seen_at
    FROM listings GROUP BY item_id
),
last_listing AS (
    SELECT item_id,
        arg_max(url, (listed_at, listing_id)) AS url,
        arg_max(guid, (listed_at, listing_id)) AS guid,
        arg_max(title, (listed_at, listing_id)) AS title,
        min(published_at) AS published_at,
        max(updated_at) AS updated_at,
        max(listed_at) AS last_listed_at
    FROM listings GROUP BY item_id
),
outcomes AS (
    -- An extraction follows the page that it was made of, so it has the later word on the same try.
    SELECT item_id, attempted_at AS decided_at, 0 AS step, state, reason, next_try_at, page_id, NULL AS article_id FROM attempts
    UNION ALL
    SELECT item_id, extracted_at, 1, state, reason, next_try_at, page_id, article_id FROM extractions
),
last_outcome AS (
    SELECT * FROM outcomes QUALIFY row_number() OVER (PARTITION BY item_id ORDER BY decided_at DESC, step DESC, page_id) = 1
),
tries AS (SELECT item_id, count(fetch_id) AS tries, max(attempted_at) AS last_tried_at FROM attempts GROUP BY item_id),
stored AS (SELECT item_id, arg_max(article_id, (extracted_at, page_id)) AS article_id FROM extractions WHERE article_id IS NOT NULL GROUP BY item_id)
SELECT
    f.item_id, f.source_id, l.url, l.guid, l.title, l.published_at, f.first_seen_at,
    CASE
        WHEN l.url IS NULL THEN 'refused'
        WHEN s.article_id IS NOT NULL THEN 'stored'
        WHEN o.item_id IS NULL THEN 'pending'
        WHEN o.step = 0 AND o.state = 'stored' THEN 'pending'
        ELSE o.state
    END AS state,
    CASE
        WHEN l.url IS NULL THEN 'the entry has no http or https link'
        WHEN s.article_id IS NOT NULL THEN ''
        WHEN o.item_id IS NULL THEN 'not fetched yet'
        WHEN o.step = 0 AND o.state = 'stored' THEN 'fetched, not extracted yet'
        ELSE o.reason
    END AS reason,
    CASE
        WHEN l.url IS NULL OR s.article_id IS NOT NULL THEN NULL
        WHEN o.item_id IS NULL THEN f.first_seen_at
        -- Its text is due as soon as its page came: the next run reads it, and asks for no page.
        WHEN o.step = 0 AND o.state = 'stored' THEN o.decided_at
        ELSE o.next_try_at
    END AS next_try_at,
    coalesce(t.tries, 0) AS tries,
    s.article_id,
    l.updated_at, l.last_listed_at, t.last_tried_at
FROM first_listing f
JOIN last_listing l USING (item_id)
LEFT JOIN last_outcome o USING (item_id)
LEFT JOIN tries t USING (item_id)
LEFT JOIN stored s USING (item_id)
