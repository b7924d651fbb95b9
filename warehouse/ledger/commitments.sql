-- commitments: the undertakings as of `day`; the bounds are those of the direction that owes most.
SELECT u.commitment_id, u.kind, u.categories, u.all_for_all,
    b.promised_min, b.promised_max, u.made_on, u.starts_on, u.due_on, u.agreed_on, u.agreed_at, u.closed_on,
    list_sort(list_distinct(n.statement_ids)) AS statement_ids
FROM undertakings u
JOIN (SELECT commitment_id, max(promised_min) AS promised_min, max(promised_max) AS promised_max FROM bonds GROUP BY commitment_id) b USING (commitment_id)
JOIN (
    SELECT commitment_id, list(statement_id) AS statement_ids FROM bearings JOIN bonds USING (obligation_id)
    WHERE bearing <> 'delivery' GROUP BY commitment_id
) n USING (commitment_id)
