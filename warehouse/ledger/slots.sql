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
-- A window with one number is one event; only of the others it must be known who told what.
several AS (SELECT window_key FROM numbered GROUP BY window_key HAVING min(amount) <> max(amount)),
told_apart AS (
    SELECT n.window_key, h.original, n.account, count(DISTINCT n.amount) AS counts
    FROM numbered n SEMI JOIN several USING (window_key) JOIN heard h USING (fact)
    GROUP BY n.window_key, h.original, n.account HAVING min(n.amount) <> max(n.amount)
),
deciding AS (
    SELECT * FROM told_apart
    QUALIFY row_number() OVER (
        PARTITION BY window_key
        ORDER BY counts DESC, array_position(['receiver', 'giver', 'mediator', 'outlets'], account), original
    ) = 1
),
-- Windows with a number of civilians alone beside one of which nobody says that.
mixed AS (
    SELECT window_key FROM by_amount WHERE only_civilians <> NOT civilians GROUP BY window_key HAVING min(only_civilians) <> max(only_civilians)
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
    SELECT window_key, amount FROM parted ANTI JOIN deciding USING (window_key)
)
SELECT c.window_key, c.amount AS slot, b.civilians,
    row_number() OVER (PARTITION BY c.window_key ORDER BY c.amount DESC) AS place
FROM chosen c JOIN by_amount b USING (window_key, amount)
