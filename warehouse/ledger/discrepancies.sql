-- discrepancies: where accounts of the same thing differ: the exact numbers of two accounts of one event; a total and the sum of the
-- events in its days by the same account; two accounts' totals of the same days. Each is a row to look at; none is mended by the ledger.
WITH
counts AS (SELECT event, account, amount FROM account_counts WHERE exact AND account <> 'outlets'),
of_events AS (
    SELECT 'event' AS what, h.kind, h.from_party, h.to_party, h.date_from, h.date_to, a.account, a.amount AS stated, b.account AS against, b.amount AS counted,
        h.event_id, h.event
    FROM counts a JOIN counts b USING (event) JOIN hand_overs h USING (event)
    WHERE a.account < b.account AND a.amount <> b.amount AND NOT h.closed_total
),
events_told AS (
    SELECT d.* EXCLUDE (event), t.statement_ids FROM of_events d JOIN (
        SELECT event, list_sort(list_distinct(list(statement_id))) AS statement_ids FROM accounts
        WHERE event IN (SELECT event FROM of_events) GROUP BY event
    ) t USING (event)
),
told AS (
    SELECT fact, kind, giver, receiver, account, count_min AS amount, date_from, date_to, agreed_on FROM sides
    WHERE stage = 'performed' AND scope = 'cumulative' AND count_min IS NOT NULL AND count_min IS NOT DISTINCT FROM count_max
        AND date_from IS NOT NULL AND date_to IS NOT NULL AND account <> 'outlets'
    UNION ALL BY NAME
    SELECT r.fact, r.kind, r.giver, r.receiver, r.account, r.amount, r.date_from, r.date_to, r.agreed_on
    FROM reports r JOIN (SELECT fact, giver FROM dated JOIN closed_totals USING (event_id) UNION SELECT fact, giver FROM undated WHERE equals_total) a ON a.fact = r.fact AND a.giver IS NOT DISTINCT FROM r.giver
    WHERE r.amount IS NOT NULL AND r.exact AND r.date_from IS NOT NULL AND r.date_to IS NOT NULL AND r.account <> 'outlets'
),
totalled AS (
    SELECT t.kind, t.giver, t.receiver, t.account, t.amount, t.date_from, t.date_to, list_sort(list_distinct(list(h.statement_id))) AS statement_ids
    FROM told t JOIN heard h USING (fact) GROUP BY ALL
),
singles AS (
    SELECT h.kind, h.from_party, h.to_party, coalesce(h.date_from, h.date_to) AS first_day, h.date_to AS last_day, n.account, n.amount, h.event_id
    FROM hand_overs h LEFT JOIN account_counts n USING (event)
    WHERE NOT h.closed_total AND h.date_to IS NOT NULL
),
since AS (SELECT kind, from_party, to_party, min(first_day) AS first_day FROM singles GROUP BY ALL),
summed AS (
    SELECT t.kind, t.giver, t.receiver, t.account, t.amount, t.date_from, t.date_to, t.statement_ids, sum(s.amount) AS counted
    FROM totalled t
    -- A total of more than the books reach back to says nothing of them.
    JOIN since w ON w.kind = t.kind AND w.from_party IS NOT DISTINCT FROM t.giver AND w.to_party IS NOT DISTINCT FROM t.receiver AND t.date_to >= w.first_day
        AND t.date_from >= date_trunc('month', w.first_day)
    JOIN singles s ON s.kind = t.kind AND s.from_party IS NOT DISTINCT FROM t.giver AND s.to_party IS NOT DISTINCT FROM t.receiver
        AND s.account = t.account AND s.first_day >= t.date_from AND s.last_day <= t.date_to
    GROUP BY ALL
),
of_sums AS (
    SELECT 'sum' AS what, kind, giver AS from_party, receiver AS to_party, date_from, date_to, account, amount AS stated, 'events' AS against,
        CAST(counted AS BIGINT) AS counted, CAST(NULL AS VARCHAR) AS event_id, statement_ids
    FROM summed WHERE counted <> amount
),
of_totals AS (
    SELECT 'total' AS what, a.kind, a.giver AS from_party, a.receiver AS to_party, a.date_from, a.date_to, a.account, a.amount AS stated,
        b.account AS against, b.amount AS counted, CAST(NULL AS VARCHAR) AS event_id, list_sort(list_distinct(a.statement_ids || b.statement_ids)) AS statement_ids
    FROM totalled a JOIN totalled b
        ON b.kind = a.kind AND b.giver IS NOT DISTINCT FROM a.giver AND b.receiver IS NOT DISTINCT FROM a.receiver
        AND b.date_from = a.date_from AND b.date_to = a.date_to AND a.account < b.account AND a.amount <> b.amount
)
SELECT
    d.what || '.' || d.kind || '.' || coalesce(d.from_party, 'unknown') || '-' || coalesce(d.to_party, 'none')
    || '.' || coalesce(CAST(d.date_from AS VARCHAR), 'undated') || CASE WHEN d.date_to IS DISTINCT FROM d.date_from THEN coalesce('.' || d.date_to, '') ELSE '' END
    || '.' || d.account || '-' || d.against || '.' || d.stated || '-' || d.counted
    || CASE WHEN d.event_id IS NULL THEN '' ELSE '.' || substr(md5(d.event_id), 1, 6) END AS discrepancy_id,
    d.what, d.kind, d.from_party, d.to_party, d.date_from, d.date_to, d.account, d.stated, d.against, d.counted,
    d.stated - d.counted AS difference, d.event_id, a.obligation_id, d.statement_ids
FROM (FROM events_told UNION ALL BY NAME FROM of_sums UNION ALL BY NAME FROM of_totals) d
LEFT JOIN allocations a USING (event_id)
