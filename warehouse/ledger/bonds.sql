-- bonds: every obligation: a duty in one direction, with its commitment's terms and whether it was undertaken by word.
SELECT
    d.commitment_id || CASE WHEN d.from_party IS NULL THEN '' ELSE '.' || d.from_party || coalesce('-' || d.to_party, '') END AS obligation_id,
    d.commitment_id, d.kind, d.from_party, d.to_party, u.categories, u.all_for_all, d.promised_min, d.promised_max,
    u.made_on, d.starts_on, d.due_on, u.agreed_on, u.agreed_at, u.closed_on, u.list_act,
    t.promised_on, t.refused_on, t.last_term_on,
    u.directions_differ OR u.amounts_differ AS terms_differ,
    d.of_list,
    d.statement_ids
FROM duties d
JOIN undertakings u USING (commitment_id)
JOIN undertaken t ON t.commitment_id = d.commitment_id AND t.from_party IS NOT DISTINCT FROM d.from_party AND t.to_party IS NOT DISTINCT FROM d.to_party
