-- hand_overs: one row an event, with each account's number. Both accounts are booked; neither is averaged into the other.
SELECT
    a.event_id, any_value(a.kind) AS kind, any_value(a.giver) AS from_party, any_value(a.receiver) AS to_party,
    min(a.date_from) AS date_from, max(coalesce(a.date_to, a.date_from)) AS date_to,
    list_sort(list_distinct(flatten(list(a.categories)))) AS categories,
    any_value(a.list_act) AS list_act,
    any_value(g.amount) AS count_by_giver, any_value(r.amount) AS count_by_receiver,
    any_value(m.amount) AS count_by_mediator, any_value(o.amount) AS count_by_outlets,
    coalesce(any_value(g.exact) AND any_value(r.exact) AND any_value(g.amount) <> any_value(r.amount), false) AS counts_differ,
    max(a.pair_count) AS pair_count,
    CAST(count(DISTINCT a.witness) AS INTEGER) AS witnesses,
    CASE
        WHEN bool_or(a.account = 'mediator') THEN 'external'
        WHEN bool_or(a.account = 'giver') AND bool_or(a.account = 'receiver') THEN 'both'
        WHEN bool_or(a.account = 'receiver') THEN 'receiver'
        WHEN bool_or(a.account = 'giver') THEN 'giver'
        ELSE 'outlets'
    END AS corroboration,
    bool_or(a.closed_total) AS closed_total,
    bool_or(a.from_list) AS from_list,
    -- Outlets in their own voice bear a number out where at least two of them do, on different texts, and not all on the giver's side.
    CASE WHEN count(DISTINCT a.original) FILTER (a.account = 'outlets' AND a.speaker IS NULL) >= 2
            AND count(*) FILTER (a.account = 'outlets' AND a.speaker IS NULL AND a.alignment IS DISTINCT FROM a.giver) >= 1
        THEN any_value(o.amount) END AS count_by_several_outlets,
    min(a.told_on) AS first_told_on, max(a.told_on) AS last_told_on,
    max(a.agreed_on) AS agreed_on, mode(a.agreed_at) AS agreed_at,
    list_sort(list_distinct(list(a.statement_id))) AS statement_ids
FROM accounts a
LEFT JOIN account_counts g ON g.event_id = a.event_id AND g.account = 'giver'
LEFT JOIN account_counts r ON r.event_id = a.event_id AND r.account = 'receiver'
LEFT JOIN account_counts m ON m.event_id = a.event_id AND m.account = 'mediator'
LEFT JOIN account_counts o ON o.event_id = a.event_id AND o.account = 'outlets'
GROUP BY a.event_id
