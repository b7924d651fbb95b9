-- totals: running and closed totals by account that may raise an obligation: of its kind and direction, with a start that is not before
-- the promise was made, and of a window that holds no event which fills another obligation. A total is never added to a sum.
WITH
told AS (
    SELECT kind, giver, receiver, account, count_min AS amount, date_from, date_to, agreed_on FROM sides
    WHERE stage = 'performed' AND scope = 'cumulative' AND count_min IS NOT NULL AND date_from IS NOT NULL
    UNION ALL BY NAME
    SELECT r.kind, r.giver, r.receiver, r.account, r.amount, r.date_from, coalesce(r.date_to, r.date_from) AS date_to, r.agreed_on
    FROM reports r JOIN (SELECT DISTINCT fact, giver FROM accounts WHERE closed_total) a ON a.fact = r.fact AND a.giver IS NOT DISTINCT FROM r.giver
    WHERE r.amount IS NOT NULL AND r.date_from IS NOT NULL
)
SELECT b.obligation_id, t.account, max(t.amount) AS amount
FROM told t JOIN bonds b
    ON b.kind = t.kind AND b.from_party IS NOT DISTINCT FROM t.giver AND b.to_party IS NOT DISTINCT FROM t.receiver
    AND t.date_from >= b.made_on AND NOT b.of_list
    AND (t.agreed_on IS NULL OR b.agreed_on = t.agreed_on)
WHERE EXISTS (
    FROM hand_overs h JOIN allocations a USING (event_id)
    WHERE a.obligation_id = b.obligation_id AND h.date_to BETWEEN t.date_from AND t.date_to
) AND NOT EXISTS (
    FROM hand_overs h LEFT JOIN allocations a USING (event_id)
    WHERE h.kind = t.kind AND h.from_party IS NOT DISTINCT FROM t.giver AND h.to_party IS NOT DISTINCT FROM t.receiver
        AND NOT h.closed_total AND h.date_to BETWEEN t.date_from AND t.date_to
        AND a.obligation_id IS DISTINCT FROM b.obligation_id
)
GROUP BY b.obligation_id, t.account
