-- How every obligation stood on each day on which something could change, with a digest of all that counted on it: a day whose
-- digest is the same is not computed again. A copy of what the ledger gives; it may be emptied at any time.
CREATE TABLE standing_days (
    day DATE PRIMARY KEY,
    digest VARCHAR NOT NULL
);
CREATE TABLE standings (
    day DATE NOT NULL,
    obligation_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    flags VARCHAR[] NOT NULL,
    delivered_by_giver BIGINT,
    delivered_by_receiver BIGINT,
    delivered_by_mediator BIGINT,
    PRIMARY KEY (day, obligation_id)
);
