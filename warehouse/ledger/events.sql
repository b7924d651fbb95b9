-- events: the hand-overs as of `day`, each with the obligation that it fills (null: unallocated, it stands beside all promises).
SELECT h.event_id, h.kind, h.from_party, h.to_party, h.date_from, h.date_to, h.categories, h.list_act,
    h.count_by_giver, h.count_by_receiver, h.count_by_mediator, h.count_by_outlets, h.pair_count, h.witnesses, h.corroboration, h.closed_total,
    a.obligation_id, s.statement_ids
FROM hand_overs h LEFT JOIN allocations a USING (event_id)
JOIN (SELECT event, list_sort(list(statement_id)) AS statement_ids FROM accounts GROUP BY event) s USING (event)
