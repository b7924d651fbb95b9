-- sides: each fact in each direction that it speaks of, and whose account it is: the giver's, the receiver's, a mediator's or an outlet's.
-- A swap said of both sides is two legs; a count said of the pair belongs to the pair, so each direction's number is null.
WITH directed AS (
    -- Whoever received a list owes its check, and whoever gave it is the one who receives it.
    SELECT *, CASE WHEN list_act = 'checked' THEN to_party ELSE from_party END AS giver,
        CASE WHEN list_act = 'checked' THEN from_party ELSE to_party END AS receiver
    FROM facts
    WHERE kind IN ('ceasefire', 'talks') OR from_party IS DISTINCT FROM 'both'
    UNION ALL BY NAME
    SELECT *, 'russia' AS giver, 'ukraine' AS receiver FROM facts WHERE kind NOT IN ('ceasefire', 'talks') AND from_party = 'both'
    UNION ALL BY NAME
    SELECT *, 'ukraine' AS giver, 'russia' AS receiver FROM facts WHERE kind NOT IN ('ceasefire', 'talks') AND from_party = 'both'
)
SELECT
    * EXCLUDE (count_min, count_max),
    CASE WHEN of_pair THEN NULL ELSE count_min END AS count_min,
    CASE WHEN of_pair THEN NULL ELSE count_max END AS count_max,
    CASE WHEN of_pair THEN count_min END AS pair_count,
    CASE
        WHEN speaker = giver THEN 'giver'
        WHEN speaker = receiver THEN 'receiver'
        WHEN speaker = 'mediator' THEN 'mediator'
        ELSE 'outlets'
    END AS account
FROM (
    SELECT *, kind NOT IN ('ceasefire', 'talks') AND from_party = 'both' AND NOT per_side AND count_min IS NOT NULL AS of_pair
    FROM directed
)
