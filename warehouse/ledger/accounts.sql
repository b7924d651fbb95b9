-- accounts: each report of one occasion, with the event that it tells of.
SELECT * EXCLUDE (slot, place), event_id IN (SELECT event_id FROM closed_totals) AS closed_total FROM dated
UNION ALL BY NAME
SELECT * EXCLUDE (equals_total), equals_total AS closed_total FROM undated
