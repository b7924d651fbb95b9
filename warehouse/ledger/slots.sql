-- slots: how many hand-overs one window of days holds. Counts that one speaker gives apart in one article are events apart; so are a count
-- of civilians alone and another count of which nobody says that. Otherwise the window is one event, whatever its accounts say.
WITH
numbered AS (
    SELECT fact, window_key, account, amount, list_contains(categories, 'civilians') AS civilians
    FROM reports WHERE last_day IS NOT NULL AND amount IS NOT NULL
),
by_amount AS (
    SELECT window_key, amount, bool_or(civilians) AS civilians, bool_and(civilians) AS only_civilians FROM numbered GROUP BY window_key, amount
),
-- Who tells two numbers apart tells one at least that is not the commonest: only those originals are looked at.
times AS (SELECT fact, count(*) AS times FROM heard GROUP BY fact),
commonest AS (
    SELECT window_key, account, arg_max(amount, (times, amount)) AS amount FROM (
        SELECT n.window_key, n.account, n.amount, sum(t.times) AS times FROM numbered n JOIN times t USING (fact) GROUP BY ALL
    ) GROUP BY window_key, account HAVING count(*) > 1
),
rarer AS (
    SELECT DISTINCT n.window_key, n.account, h.original
    FROM numbered n JOIN commonest c ON c.window_key = n.window_key AND c.account = n.account AND c.amount <> n.amount
    JOIN heard h USING (fact)
),
told_apart AS (
    SELECT n.window_key, h.original, n.account, count(DISTINCT n.amount) AS counts
    FROM heard h SEMI JOIN rarer r ON r.original = h.original JOIN numbered n USING (fact)
    JOIN rarer q ON q.window_key = n.window_key AND q.account = n.account AND q.original = h.original
    GROUP BY n.window_key, h.original, n.account HAVING min(n.amount) <> max(n.amount)
),
deciding AS (
    SELECT * FROM told_apart
    QUALIFY row_number() OVER (
        PARTITION BY window_key
        ORDER BY counts DESC, array_position(['receiver', 'giver', 'mediator', 'outlets'], account), original
    ) = 1
),
-- Windows that nobody tells apart, with a number of civilians alone beside one of which nobody says that.
mixed AS (
    SELECT window_key FROM by_amount ANTI JOIN deciding USING (window_key)
    WHERE only_civilians <> NOT civilians GROUP BY window_key HAVING min(only_civilians) <> max(only_civilians)
),
parted AS (
    SELECT b.window_key, b.amount
    FROM by_amount b SEMI JOIN mixed USING (window_key) JOIN (
        SELECT n.window_key, n.amount, count(DISTINCT h.original) AS originals
        FROM numbered n SEMI JOIN mixed USING (window_key) JOIN heard h USING (fact) GROUP BY ALL
    ) o USING (window_key, amount)
    WHERE b.only_civilians <> NOT b.civilians
    QUALIFY row_number() OVER (PARTITION BY window_key, only_civilians ORDER BY originals DESC, amount DESC) = 1
),
chosen AS (
    SELECT n.window_key, n.amount
    FROM deciding d JOIN numbered n ON n.window_key = d.window_key AND n.account = d.account
    SEMI JOIN heard h ON h.fact = n.fact AND h.original = d.original
    UNION
    SELECT window_key, amount FROM parted
)
SELECT c.window_key, c.amount AS slot, b.civilians,
    row_number() OVER (PARTITION BY c.window_key ORDER BY c.amount DESC) AS place
FROM chosen c JOIN by_amount b USING (window_key, amount)
