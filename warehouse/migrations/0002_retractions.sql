-- What a person struck from the books, or let stand again: appended, never changed. The newest row of a subject is in force.
CREATE TABLE retractions (
    retraction_id VARCHAR PRIMARY KEY,
    subject_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    act VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);

-- Where accounts of the same thing differ; recomputed whole with the ledger.
CREATE TABLE discrepancies (
    discrepancy_id VARCHAR PRIMARY KEY,
    what VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    from_party VARCHAR,
    to_party VARCHAR,
    date_from DATE,
    date_to DATE,
    account VARCHAR NOT NULL,
    stated BIGINT NOT NULL,
    against VARCHAR NOT NULL,
    counted BIGINT NOT NULL,
    difference BIGINT NOT NULL,
    event_id VARCHAR,
    obligation_id VARCHAR,
    statement_ids VARCHAR[] NOT NULL
);

-- The history says what caused each change: something told, a statement struck or let stand again, or time that passed.
ALTER TABLE status_history ADD COLUMN cause VARCHAR;
UPDATE status_history SET cause = CASE WHEN statement_id IS NULL THEN 'time' ELSE 'told' END;
