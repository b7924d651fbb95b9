-- struck: what is struck from the present books: the statements and articles whose newest record says so.
SELECT * FROM (SELECT * FROM retractions QUALIFY row_number() OVER (PARTITION BY subject_id ORDER BY made_at DESC, retraction_id DESC) = 1)
WHERE act = 'retract'
