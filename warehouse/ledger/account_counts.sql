-- account_counts: for each event and account, the number that most originals give (the latest told where they tie). No account is null, never 0.
WITH told AS (
    SELECT event, account, amount, bool_and(exact) AS exact, count(DISTINCT original) AS originals, max(published_at) AS last_told
    FROM accounts WHERE amount IS NOT NULL GROUP BY ALL
)
SELECT event, account, amount, exact FROM told
QUALIFY row_number() OVER (PARTITION BY event, account ORDER BY originals DESC, last_told DESC, amount DESC) = 1
