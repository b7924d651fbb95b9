-- judged: each obligation's three axes: what was undertaken, what came, who bears it out.
WITH
-- As `bearings` has it, but without a row a telling.
last_told AS MATERIALIZED (
    SELECT obligation_id, max(told_on) AS last_told_on FROM (
        SELECT obligation_id, last_term_on AS told_on FROM bonds WHERE last_term_on IS NOT NULL
        UNION ALL
        SELECT b.obligation_id, max(t.told_on) FROM turns t JOIN bonds b USING (commitment_id) GROUP BY b.obligation_id
        UNION ALL
        SELECT a.obligation_id, max(h.last_told_on) FROM hand_overs h JOIN allocations a USING (event_id) GROUP BY a.obligation_id
        UNION ALL
        SELECT b.obligation_id, l.last_told_on FROM list_demands l JOIN bonds b USING (commitment_id)
        UNION ALL
        SELECT obligation_id, last_told_on FROM declarations
    ) GROUP BY obligation_id
)
SELECT b.*, d.* EXCLUDE (obligation_id), c.* EXCLUDE (obligation_id, statement_ids, last_told_on), p.postponed_on, n.last_told_on,
    CASE
        WHEN b.refused_on IS NOT NULL AND coalesce(d.first_event_on <= b.refused_on, true) AND coalesce(d.last_event_on <= b.refused_on, true) THEN 'refused'
        WHEN b.promised_on IS NOT NULL THEN 'promised'
        -- Accepted by conduct: the giver began to deliver what he had offered. What came from a list does not make the demand a promise.
        WHEN d.events > 0 AND NOT b.of_list THEN 'promised'
        ELSE 'proposed'
    END AS undertaking,
    CASE
        WHEN coalesce(d.events, 0) = 0 THEN CASE WHEN coalesce(c.completed_by_giver OR c.completed_by_receiver, false) THEN 'unquantified' ELSE 'none' END
        WHEN b.kind = 'talks' THEN 'full'
        WHEN d.said IS NULL OR b.promised_min IS NULL OR b.all_for_all THEN 'unquantified'
        WHEN d.said >= b.promised_min THEN 'full'
        ELSE 'partial'
    END AS delivery,
    CASE
        WHEN d.told_by_mediator THEN 'external'
        WHEN d.told_by_giver AND d.told_by_receiver THEN 'both'
        WHEN d.told_by_receiver THEN 'receiver'
        WHEN d.told_by_giver THEN 'giver'
        WHEN d.events > 0 THEN 'outlets'
        WHEN c.completed_by_giver AND c.completed_by_receiver THEN 'both'
        WHEN c.completed_by_giver THEN 'giver'
        WHEN c.completed_by_receiver THEN 'receiver'
        ELSE 'none'
    END AS corroboration
FROM bonds b
LEFT JOIN deliveries d USING (obligation_id)
LEFT JOIN declarations c USING (obligation_id)
LEFT JOIN postponements p USING (obligation_id)
LEFT JOIN last_told n USING (obligation_id)
