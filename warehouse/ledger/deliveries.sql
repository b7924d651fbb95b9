-- deliveries: what came of each obligation, by each account; null where an account gives no number at all, never 0.
-- `sure`: by the receiver, an external witness or several outlets, event by event; what fulfils a promise with a number.
WITH
sums AS (
    SELECT a.obligation_id,
        sum(h.count_by_giver) AS by_giver, sum(h.count_by_receiver) AS by_receiver, sum(h.count_by_mediator) AS by_mediator,
        sum(coalesce(h.count_by_receiver, h.count_by_mediator, h.count_by_several_outlets)) AS sure,
        sum(greatest(h.count_by_giver, h.count_by_receiver, h.count_by_mediator, h.count_by_outlets)) AS said,
        count(*) AS events, count(*) FILTER (h.kind <> 'talks' AND coalesce(h.count_by_giver, h.count_by_receiver, h.count_by_mediator, h.count_by_outlets) IS NULL) AS uncounted,
        bool_or(h.corroboration IN ('giver', 'both')) AS told_by_giver, bool_or(h.corroboration IN ('receiver', 'both')) AS told_by_receiver,
        bool_or(h.corroboration = 'external') AS told_by_mediator,
        bool_or(h.counts_differ) AS counts_differ,
        max(h.date_to) AS last_event_on, min(coalesce(h.date_to, h.first_told_on)) AS first_event_on
    FROM allocations a JOIN hand_overs h USING (event_id) GROUP BY a.obligation_id
)
SELECT s.obligation_id, s.events, s.uncounted, s.counts_differ, s.last_event_on, s.first_event_on,
    s.told_by_giver, s.told_by_receiver, s.told_by_mediator,
    CAST(greatest(s.by_giver, g.amount) AS BIGINT) AS by_giver,
    CAST(greatest(s.by_receiver, r.amount) AS BIGINT) AS by_receiver,
    CAST(greatest(s.by_mediator, m.amount) AS BIGINT) AS by_mediator,
    CAST(greatest(s.sure, r.amount, m.amount) AS BIGINT) AS sure,
    CAST(greatest(s.said, g.amount, r.amount, m.amount) AS BIGINT) AS said
FROM sums s
LEFT JOIN totals g ON g.obligation_id = s.obligation_id AND g.account = 'giver'
LEFT JOIN totals r ON r.obligation_id = s.obligation_id AND r.account = 'receiver'
LEFT JOIN totals m ON m.obligation_id = s.obligation_id AND m.account = 'mediator'
