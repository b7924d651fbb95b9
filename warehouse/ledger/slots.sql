-- slots: how many hand-overs one window of days holds. Counts that one speaker gives apart in one article are events apart; so are a count
-- of civilians alone and another count of which nobody says that. Otherwise the window is one event, whatever its accounts say.
WITH
counted AS (
    SELECT DISTINCT window_key, original, account, amount, list_contains(r.categories, 'civilians') AS civilians
    FROM reports r JOIN heard h USING (fact) WHERE last_day IS NOT NULL AND amount IS NOT NULL
),
told_apart AS (
    SELECT window_key, original, account, count(DISTINCT amount) AS counts
    FROM counted GROUP BY ALL HAVING count(DISTINCT amount) > 1
),
deciding AS (
    SELECT * FROM told_apart
    QUALIFY row_number() OVER (
        PARTITION BY window_key
        ORDER BY counts DESC, array_position(['receiver', 'giver', 'mediator', 'outlets'], account), original
    ) = 1
),
by_amount AS (
    SELECT window_key, amount, bool_or(civilians) AS civilians, bool_and(civilians) AS only_civilians, count(DISTINCT original) AS originals
    FROM counted GROUP BY window_key, amount
),
parted AS (
    SELECT window_key, amount FROM by_amount WHERE only_civilians <> NOT civilians
    QUALIFY row_number() OVER (PARTITION BY window_key, only_civilians ORDER BY originals DESC, amount DESC) = 1
        AND min(only_civilians) OVER (PARTITION BY window_key) <> max(only_civilians) OVER (PARTITION BY window_key)
),
chosen AS (
    SELECT DISTINCT window_key, amount FROM counted JOIN deciding USING (window_key, original, account)
    UNION
    SELECT window_key, amount FROM parted ANTI JOIN deciding USING (window_key)
)
SELECT c.window_key, c.amount AS slot, b.civilians,
    row_number() OVER (PARTITION BY c.window_key ORDER BY c.amount DESC) AS place
FROM chosen c JOIN by_amount b USING (window_key, amount)
