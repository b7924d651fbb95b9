-- agreements: undertakings whose agreement is named by its day: one commitment for each kind and day.
-- `done_on`: the first day on which the hand-overs since then reach its number in any direction, by whatever account is greatest.
WITH
named AS (
    SELECT kind, agreed_on, mode(agreed_at ORDER BY agreed_at) FILTER (NOT reprinted) AS agreed_at,
        max(amount) AS amount, bool_or(all_for_all) AS all_for_all,
        list_distinct(list(amount)) AS amounts,
        list_distinct(flatten(list(categories))) AS categories,
        min(told_on) AS first_told_on
    FROM terms WHERE stage = 'promised' AND agreed_on IS NOT NULL
    GROUP BY kind, agreed_on
),
running AS (
    SELECT n.kind, n.agreed_on, h.date_to,
        sum(greatest(h.count_by_giver, h.count_by_receiver, h.count_by_mediator, h.count_by_outlets))
            OVER (PARTITION BY n.kind, n.agreed_on, h.from_party ORDER BY h.date_to, h.event_id) AS moved,
        n.amount, n.kind = 'talks' AS one_is_enough
    FROM named n JOIN hand_overs h ON h.kind = n.kind AND h.date_to > n.agreed_on - CAST(n.kind <> 'talks' AS INTEGER) AND NOT h.closed_total
),
done AS (
    SELECT kind, agreed_on, min(date_to) AS done_on FROM running
    WHERE one_is_enough OR moved >= amount GROUP BY kind, agreed_on
)
SELECT n.*, d.done_on,
    -- A later agreement of the same kind closes an earlier one without a number: its record stands, it fills no more.
    CASE WHEN n.all_for_all OR n.amount IS NULL
        THEN lead(n.agreed_on) OVER (PARTITION BY n.kind ORDER BY n.agreed_on) END AS closed_on
FROM named n LEFT JOIN done d USING (kind, agreed_on)
