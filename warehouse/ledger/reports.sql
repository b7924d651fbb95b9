-- reports: facts that tell of one occasion, with the number that an account gives (the lower bound: what is sure).
-- A declaration that an undertaking is wholly done, without a day and a number, is no occasion.
SELECT *,
    count_min AS amount,
    count_min IS NOT DISTINCT FROM count_max AS exact,
    hash(kind, giver, receiver, list_act, coalesce(date_from, date_to), date_to) AS window_key,
    coalesce(date_to, date_from) AS last_day
FROM sides
WHERE stage = 'performed' AND scope = 'event'
    AND NOT (completes AND count_min IS NULL AND pair_count IS NULL AND date_from IS NULL AND date_to IS NULL AND list_act IS NULL)
