-- fits: which obligations an event may fill, in the order of preference: the agreement that its reports name; then a promise of its amount
-- or with a fitting window; then the oldest that is open and whose categories do not exclude it.
-- `strong`: a named day, or the place of one that has no day, holds even when the obligation is full already. An offer counts if it is the giver's own (accepted by conduct).
WITH
waiting AS (
    SELECT event_id, event, kind, coalesce(date_from, date_to, first_told_on) AS first_day, coalesce(date_to, first_told_on) AS day_of_event,
        categories, from_list, list_act, from_party, to_party, agreed_on, agreed_at,
        -- An agreement that nobody is known to have made binds no event to it.
        CASE WHEN (kind, agreed_on) IN (SELECT (kind, agreed_on) FROM agreements) THEN agreed_on END AS named_on,
        coalesce(count_by_receiver, count_by_mediator, count_by_giver, count_by_outlets) AS amount
    FROM hand_overs WHERE NOT closed_total
),
-- The commitments that a fresh report of an event tells of too.
told_of AS (
    SELECT DISTINCT w.event_id, k.commitment_id
    FROM (SELECT DISTINCT commitment_id, original FROM keyed_terms) k
    JOIN accounts a USING (original)
    JOIN waiting w ON w.event = a.event AND a.told_on <= w.day_of_event + 3
),
givers_offers AS (
    SELECT DISTINCT commitment_id, from_party FROM keyed_terms WHERE stage = 'proposed' AND speaker = from_party
),
offered AS (
    SELECT b.*, g.commitment_id IS NOT NULL AS offered_by_giver
    FROM bonds b LEFT JOIN givers_offers g ON g.commitment_id = b.commitment_id AND g.from_party = b.from_party
)
SELECT w.event_id, o.obligation_id, w.day_of_event, w.amount,
    CASE WHEN o.kind = 'talks' THEN 1 WHEN o.all_for_all OR o.kind = 'ceasefire' THEN NULL ELSE o.promised_min END AS capacity,
    coalesce(w.agreed_on = o.agreed_on, false) OR (coalesce(w.agreed_at = o.agreed_at, false) AND o.agreed_on IS NULL) AS strong,
    row_number() OVER (
        PARTITION BY w.event_id
        ORDER BY
            coalesce(w.agreed_on = o.agreed_on, false) DESC,
            (w.from_list AND o.of_list) DESC,
            (coalesce(w.agreed_at = o.agreed_at, false) AND o.agreed_on IS NULL) DESC,
            -- A fresh report that tells of the promise too tells of its fulfilment, unless the promise is of that very day.
            (o.promised_on IS NOT NULL AND coalesce(o.agreed_on < w.day_of_event, true) AND x.event_id IS NOT NULL) DESC,
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
    AND (w.named_on IS NULL OR w.named_on = o.agreed_on)
    AND (o.closed_on IS NULL OR w.day_of_event <= o.closed_on OR w.agreed_on = o.agreed_on)
    -- Civilians are no soldiers: an undertaking of named categories takes only what may be of them; one with none takes all.
    AND (len(o.categories) = 0 OR len(w.categories) = 0 OR list_has_any(w.categories, o.categories))
    AND (w.kind <> 'talks' OR o.starts_on IS NULL OR w.day_of_event BETWEEN o.starts_on AND coalesce(o.due_on, o.starts_on) + 7)
LEFT JOIN told_of x ON x.event_id = w.event_id AND x.commitment_id = o.commitment_id
