-- totals: running and closed totals by account that may raise an obligation: of its kind and direction, with a start that is not before
-- the promise was made, and of a window all of whose events fill this one obligation. A total is never added to a sum.
WITH
told AS (
    SELECT kind, giver, receiver, account, count_min AS amount, date_from, date_to, agreed_on FROM sides
    WHERE stage = 'performed' AND scope = 'cumulative' AND count_min IS NOT NULL AND date_from IS NOT NULL
    UNION ALL BY NAME
    SELECT r.kind, r.giver, r.receiver, r.account, r.amount, r.date_from, coalesce(r.date_to, r.date_from) AS date_to, r.agreed_on
    FROM reports r JOIN (SELECT fact, giver FROM dated JOIN closed_totals USING (event_id) UNION SELECT fact, giver FROM undated WHERE equals_total) a ON a.fact = r.fact AND a.giver IS NOT DISTINCT FROM r.giver
    WHERE r.amount IS NOT NULL AND r.date_from IS NOT NULL
),
-- Of the totals of one account from one day to another only the greatest can raise anything.
greatest_told AS (
    SELECT kind, giver, receiver, account, date_from, date_to, agreed_on, max(amount) AS amount FROM told GROUP BY ALL
),
-- Materialized, since it is small: else the planner joins the windows to all events first.
moved AS MATERIALIZED (
    SELECT h.kind, h.from_party, h.to_party, h.date_to, a.obligation_id
    FROM hand_overs h LEFT JOIN allocations a USING (event_id) WHERE NOT h.closed_total
),
-- The one obligation that all events of a window fill; each window once, whatever is told of it.
of_one AS (
    SELECT w.kind, w.giver, w.receiver, w.date_from, w.date_to, min(m.obligation_id) AS obligation_id
    FROM (SELECT DISTINCT kind, giver, receiver, date_from, date_to FROM greatest_told) w JOIN moved m
        ON m.kind = w.kind AND m.from_party IS NOT DISTINCT FROM w.giver AND m.to_party IS NOT DISTINCT FROM w.receiver
        AND m.date_to BETWEEN w.date_from AND w.date_to
    GROUP BY w.kind, w.giver, w.receiver, w.date_from, w.date_to
    HAVING count(*) = count(m.obligation_id) AND count(DISTINCT m.obligation_id) = 1
)
SELECT o.obligation_id, t.account, max(t.amount) AS amount
FROM of_one o JOIN greatest_told t ON t.kind = o.kind AND t.giver IS NOT DISTINCT FROM o.giver AND t.receiver IS NOT DISTINCT FROM o.receiver
    AND t.date_from = o.date_from AND t.date_to = o.date_to
JOIN bonds b USING (obligation_id)
WHERE t.date_from >= b.made_on AND NOT b.of_list AND (t.agreed_on IS NULL OR b.agreed_on = t.agreed_on)
GROUP BY o.obligation_id, t.account
