-- obligations: commitments in one direction, with every statement that bears on each.
SELECT j.obligation_id, j.commitment_id, j.kind, j.from_party, j.to_party, j.promised_min, j.promised_max, j.undertaking,
    n.statement_ids
FROM judged j JOIN (
    SELECT obligation_id, list_sort(list(statement_id)) AS statement_ids FROM (SELECT DISTINCT obligation_id, statement_id FROM bearings) GROUP BY obligation_id
) n USING (obligation_id)
