-- hand_overs: one row an event, with each account's number. Both accounts are booked; neither is averaged into the other.
WITH
told AS (
    SELECT event,
        CAST(count(DISTINCT witness) AS INTEGER) AS witnesses,
        bool_or(account = 'mediator') AS by_mediator, bool_or(account = 'giver') AS by_giver, bool_or(account = 'receiver') AS by_receiver,
        bool_or(closed_total) AS closed_total,
        -- Outlets in their own voice bear a number out where at least two of them do, on different texts, and not all on the giver's side.
        count(DISTINCT original) FILTER (own_voice) >= 2 AND count(*) FILTER (own_voice AND alignment IS DISTINCT FROM giver) >= 1 AS by_several_outlets,
        min(told_on) AS first_told_on, max(told_on) AS last_told_on
    FROM accounts GROUP BY event
),
-- Each fact once, however many tell it.
of_facts AS (SELECT DISTINCT event_id, fact, giver FROM (SELECT event_id, fact, giver FROM dated UNION ALL SELECT event_id, fact, giver FROM undated)),
said AS (
    SELECT f.event_id, hash(f.event_id) AS event, any_value(r.kind) AS kind, any_value(r.giver) AS from_party, any_value(r.receiver) AS to_party,
        min(r.date_from) AS date_from, max(coalesce(r.date_to, r.date_from)) AS date_to,
        -- What is told without a day joins an event; its groups are those of the reports with the day, if there are any.
        list_sort(list_distinct(flatten(coalesce(list(r.categories) FILTER (r.last_day IS NOT NULL), list(r.categories))))) AS categories,
        any_value(r.list_act) AS list_act, max(r.pair_count) AS pair_count, bool_or(r.from_list) AS from_list, max(r.agreed_on) AS agreed_on
    FROM of_facts f JOIN reports r ON r.fact = f.fact AND r.giver IS NOT DISTINCT FROM f.giver
    GROUP BY f.event_id
),
named AS (SELECT DISTINCT fact, giver, agreed_at FROM reports WHERE agreed_at IS NOT NULL),
places AS (
    SELECT event, agreed_at FROM (
        SELECT a.event, r.agreed_at, a.fact, count(DISTINCT a.original) AS times
        FROM accounts a JOIN named r ON r.fact = a.fact AND r.giver IS NOT DISTINCT FROM a.giver GROUP BY ALL
    ) GROUP BY event, agreed_at
    QUALIFY row_number() OVER (PARTITION BY event ORDER BY sum(times) DESC, agreed_at) = 1
),
numbers AS (
    SELECT event,
        any_value(amount) FILTER (account = 'giver') AS count_by_giver, any_value(amount) FILTER (account = 'receiver') AS count_by_receiver,
        any_value(amount) FILTER (account = 'mediator') AS count_by_mediator, any_value(amount) FILTER (account = 'outlets') AS count_by_outlets,
        coalesce(bool_and(exact) FILTER (account IN ('giver', 'receiver')), false) AS exact
    FROM account_counts GROUP BY event
)
SELECT
    s.*, n.* EXCLUDE (event, exact), p.agreed_at,
    coalesce(n.exact AND n.count_by_giver <> n.count_by_receiver, false) AS counts_differ,
    t.witnesses,
    CASE
        WHEN t.by_mediator THEN 'external'
        WHEN t.by_giver AND t.by_receiver THEN 'both'
        WHEN t.by_receiver THEN 'receiver'
        WHEN t.by_giver THEN 'giver'
        ELSE 'outlets'
    END AS corroboration,
    t.closed_total,
    CASE WHEN t.by_several_outlets THEN n.count_by_outlets END AS count_by_several_outlets,
    t.first_told_on, t.last_told_on
FROM told t JOIN said s USING (event) LEFT JOIN numbers n USING (event) LEFT JOIN places p USING (event)
