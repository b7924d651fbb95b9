-- fits: which obligations an event may fill, in the order of preference: the agreement that its reports name; then a promise of its amount
-- or with a fitting window; then the oldest that is open and whose categories do not exclude it.
-- `strong`: a named day holds even when the obligation is full already. An offer counts if it is the giver's own (accepted by conduct).
WITH
waiting AS (
    SELECT h.event_id, h.kind, coalesce(h.date_from, h.date_to, h.first_told_on) AS first_day, coalesce(h.date_to, h.first_told_on) AS day_of_event, h.categories, h.from_list, h.list_act, h.from_party, h.to_party,
        h.agreed_on, h.agreed_at,
        coalesce(h.count_by_receiver, h.count_by_mediator, h.count_by_giver, h.count_by_outlets) AS amount,
        list_distinct(list(a.original) FILTER (a.told_on <= coalesce(h.date_to, h.first_told_on) + 3)) AS originals
    FROM hand_overs h JOIN accounts a USING (event_id) WHERE NOT h.closed_total
    GROUP BY ALL
),
offered AS (
    SELECT b.*, EXISTS (
        FROM keyed_terms k WHERE k.commitment_id = b.commitment_id AND k.stage = 'proposed' AND k.speaker = b.from_party AND k.from_party = b.from_party
    ) AS offered_by_giver,
    (SELECT list(DISTINCT k.original) FROM keyed_terms k WHERE k.commitment_id = b.commitment_id) AS originals
    FROM bonds b
)
SELECT w.event_id, o.obligation_id, w.day_of_event, w.amount,
    CASE WHEN o.kind = 'talks' THEN 1 WHEN o.all_for_all THEN NULL ELSE o.promised_min END AS capacity,
    coalesce(w.agreed_on = o.agreed_on, false) AS strong,
    row_number() OVER (
        PARTITION BY w.event_id
        ORDER BY
            coalesce(w.agreed_on = o.agreed_on, false) DESC,
            (w.from_list AND o.of_list) DESC,
            (coalesce(w.agreed_at = o.agreed_at, false) AND o.agreed_on IS NULL) DESC,
            -- A fresh report that tells of the promise too tells of its fulfilment, unless the promise is of that very day.
            (o.promised_on IS NOT NULL AND coalesce(o.agreed_on < w.day_of_event, true) AND list_has_any(w.originals, o.originals)) DESC,
            (coalesce(w.amount = o.promised_min, false) AND o.promised_on IS NOT NULL) DESC,
            (coalesce(w.day_of_event BETWEEN o.starts_on AND o.due_on, false) AND o.promised_on IS NOT NULL) DESC,
            (len(o.categories) > 0 AND list_has_any(w.categories, o.categories)) DESC,
            o.made_on, o.obligation_id
    ) AS preference
FROM waiting w JOIN offered o
    ON o.kind = w.kind
    AND CASE WHEN w.kind = 'talks' THEN w.day_of_event > o.made_on
        WHEN w.kind = 'ceasefire' THEN w.day_of_event >= o.made_on AND o.from_party IN (w.from_party, 'both')
        -- An undertaking known by its place alone was made some days before the first report of it.
        ELSE w.day_of_event >= CASE WHEN o.agreed_on IS NULL AND o.agreed_at IS NOT NULL THEN o.made_on - 7 ELSE o.made_on END
            AND o.from_party IS NOT DISTINCT FROM w.from_party AND o.to_party IS NOT DISTINCT FROM w.to_party END
    AND o.list_act IS NOT DISTINCT FROM w.list_act
    AND (o.promised_on IS NOT NULL OR (o.offered_by_giver AND o.kind <> 'talks') OR (o.of_list AND w.from_list))
    AND (NOT o.of_list OR w.from_list)
    AND (w.agreed_on IS NULL OR w.agreed_on = o.agreed_on OR NOT EXISTS (FROM agreements a WHERE a.kind = w.kind AND a.agreed_on = w.agreed_on))
    AND (o.closed_on IS NULL OR w.day_of_event <= o.closed_on OR w.agreed_on = o.agreed_on)
    -- Civilians are no soldiers: an undertaking of named categories takes only what may be of them; one with none takes all.
    AND (len(o.categories) = 0 OR len(w.categories) = 0 OR list_has_any(w.categories, o.categories))
    AND (w.kind <> 'talks' OR o.starts_on IS NULL OR w.day_of_event BETWEEN o.starts_on AND coalesce(o.due_on, o.starts_on) + 7)
