-- obligations: commitments in one direction, with every statement that bears on each.
SELECT j.obligation_id, j.commitment_id, j.kind, j.from_party, j.to_party, j.promised_min, j.promised_max, j.undertaking,
    list_sort(list_distinct(n.statement_ids)) AS statement_ids
FROM judged j JOIN (SELECT obligation_id, list(statement_id) AS statement_ids FROM bearings GROUP BY obligation_id) n USING (obligation_id)
