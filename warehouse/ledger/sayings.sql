-- sayings: what is said, each thing once, however many say it, on whatever day: the codebook's fields by `fact`. Kept by the published file too.
SELECT t.fact, any_value(kind) AS kind, any_value(stage) AS stage, any_value(categories) AS categories, any_value(all_for_all) AS all_for_all,
    any_value(from_party) AS from_party, any_value(to_party) AS to_party, any_value(count_min) AS count_min, any_value(count_max) AS count_max,
    any_value(per_side) AS per_side, any_value(scope) AS scope, any_value(date_from) AS date_from, any_value(date_to) AS date_to,
    any_value(speaker) AS speaker, any_value(agreed_on) AS agreed_on, any_value(agreed_at) AS agreed_at, any_value(completes) AS completes,
    any_value(denies) AS denies, any_value(list_act) AS list_act, any_value(from_list) AS from_list
FROM (SELECT fact, min(statement_id) AS statement_id FROM tellings GROUP BY fact) t JOIN statements s USING (statement_id)
GROUP BY t.fact
