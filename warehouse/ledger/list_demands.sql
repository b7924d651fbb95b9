-- list_demands: a list of children handed over is a demand to return them, with its own schedule of names.
-- It obliges the side that received the list, and is proposed, not promised; its number is the one that an account gives exactly.
SELECT commitment_id, from_party, to_party, max(promised_min) AS promised_min, min(made_on) AS made_on, max(last_told_on) AS last_told_on,
    list_sort(list_distinct(flatten(list(statement_ids)))) AS statement_ids
FROM (
SELECT
    'child_return.list.by-' || h.to_party || '.' || coalesce(CAST(h.date_to AS VARCHAR), 'undated') AS commitment_id,
    h.to_party AS from_party, h.from_party AS to_party,
    coalesce(h.count_by_receiver, h.count_by_giver, h.count_by_mediator, h.count_by_outlets) AS promised_min,
    coalesce(h.date_to, h.first_told_on) AS made_on,
    s.statement_ids, h.last_told_on
FROM hand_overs h
JOIN (
    SELECT event, list(statement_id) AS statement_ids FROM accounts
    WHERE event IN (SELECT event FROM hand_overs WHERE kind = 'child_list' AND list_act = 'handed') GROUP BY event
) s USING (event)
WHERE h.kind = 'child_list' AND h.list_act = 'handed' AND h.from_party IN ('russia', 'ukraine') AND h.to_party IN ('russia', 'ukraine')
    AND NOT h.closed_total
)
GROUP BY commitment_id, from_party, to_party
-- A list told of again, with the same number, is the same list.
QUALIFY row_number() OVER (PARTITION BY from_party, to_party, max(promised_min) ORDER BY min(made_on), commitment_id) = 1
