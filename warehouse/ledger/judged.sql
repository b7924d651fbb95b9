-- judged: each obligation's three axes: what was undertaken, what came, who bears it out.
WITH last_told AS (SELECT obligation_id, max(told_on) AS last_told_on FROM bearings GROUP BY obligation_id)
SELECT b.*, d.* EXCLUDE (obligation_id), c.* EXCLUDE (obligation_id, statement_ids), p.postponed_on, n.last_told_on,
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
