-- The stored tables. What looks like a state that changes is a view (warehouse/views/) over what was appended here.
-- All times are instants (TIMESTAMPTZ, kept in UTC); all days are calendar days in Europe/Kyiv (DATE).
-- Primary keys only: DuckDB 1.5 loses secondary indexes after a crash (its issue 23788), and the file may be opened by it.

CREATE TABLE sources (
    source_id VARCHAR PRIMARY KEY,
    url VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    alignment VARCHAR NOT NULL,
    enabled BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,
    sample BOOLEAN NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL
);

-- One row a request, whatever came of it.
CREATE TABLE fetches (
    fetch_id VARCHAR PRIMARY KEY,
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    url VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    status INTEGER,
    bytes BIGINT NOT NULL,
    seconds DOUBLE NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- What a feed answered, once for each different answer (body and validators). The body lies in the body store by its hash.
CREATE TABLE feed_bodies (
    feed_body_id VARCHAR PRIMARY KEY,
    source_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,
    content_type VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    fetched_at TIMESTAMPTZ NOT NULL,
    fetch_id VARCHAR NOT NULL
);

-- A feed body whose items are durable. Only such a body's validators (ETag, Last-Modified) are sent with the next request.
CREATE TABLE feed_parses (
    feed_body_id VARCHAR PRIMARY KEY,
    parsed_at TIMESTAMPTZ NOT NULL,
    entries INTEGER NOT NULL,
    usable BOOLEAN NOT NULL,
    cut BOOLEAN NOT NULL,
    problem VARCHAR NOT NULL
);

-- An entry as a feed listed it; an entry that changed is a new row.
CREATE TABLE listings (
    listing_id VARCHAR PRIMARY KEY,
    item_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    url VARCHAR,
    guid VARCHAR,
    title VARCHAR NOT NULL,
    published_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ,
    listed_at TIMESTAMPTZ NOT NULL,
    feed_body_id VARCHAR NOT NULL
);

-- What was decided after a try of an item's page.
CREATE TABLE attempts (
    attempt_id VARCHAR PRIMARY KEY,
    item_id VARCHAR NOT NULL,
    fetch_id VARCHAR,
    attempted_at TIMESTAMPTZ NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    next_try_at TIMESTAMPTZ,
    page_id VARCHAR
);

-- A page that was fetched, once for each different body.
CREATE TABLE pages (
    page_id VARCHAR PRIMARY KEY,
    item_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,
    content_type VARCHAR,
    fetched_at TIMESTAMPTZ NOT NULL,
    fetch_id VARCHAR NOT NULL
);

-- What extraction made of a page; the article's version is null where it made nothing.
CREATE TABLE extractions (
    page_id VARCHAR PRIMARY KEY,
    item_id VARCHAR NOT NULL,
    extracted_at TIMESTAMPTZ NOT NULL,
    extraction VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    next_try_at TIMESTAMPTZ,
    article_id VARCHAR,
    version INTEGER
);

CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    item_id VARCHAR NOT NULL,
    page_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    body_hash VARCHAR NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    published_by VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    author VARCHAR,
    encoding VARCHAR NOT NULL,
    extraction VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (article_id, version)
);

-- Reprints, recomputed whole: the article that each one copies (its own id where it is an original).
CREATE TABLE copies (
    article_id VARCHAR PRIMARY KEY,
    copy_of VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL
);

-- What a reader of a given version found in a version of an article, also where it found nothing.
CREATE TABLE readings (
    reading_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    reader_version VARCHAR NOT NULL,
    read_at TIMESTAMPTZ NOT NULL,
    statement_ids VARCHAR[] NOT NULL
);

-- Append-only. The id is made of the article's version and the codebook's fields, so that two readers that agree name one row.
CREATE TABLE statements (
    statement_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    source_id VARCHAR NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    kind VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    categories VARCHAR[] NOT NULL,
    all_for_all BOOLEAN NOT NULL,
    from_party VARCHAR,
    to_party VARCHAR,
    count_min BIGINT,
    count_max BIGINT,
    per_side BOOLEAN NOT NULL,
    scope VARCHAR NOT NULL,
    date_from DATE,
    date_to DATE,
    speaker VARCHAR,
    quote VARCHAR NOT NULL,
    agreed_on DATE,
    agreed_at VARCHAR,
    completes BOOLEAN NOT NULL,
    denies VARCHAR,
    list_act VARCHAR,
    from_list BOOLEAN NOT NULL,
    part VARCHAR NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    reader_version VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL
);

-- The ledger as of the run's day, recomputed whole from the readings by warehouse/ledger/*.sql.
CREATE TABLE events (
    event_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    from_party VARCHAR,
    to_party VARCHAR,
    date_from DATE,
    date_to DATE,
    categories VARCHAR[] NOT NULL,
    list_act VARCHAR,
    count_by_giver BIGINT,
    count_by_receiver BIGINT,
    count_by_mediator BIGINT,
    count_by_outlets BIGINT,
    pair_count BIGINT,
    witnesses INTEGER NOT NULL,
    corroboration VARCHAR NOT NULL,
    closed_total BOOLEAN NOT NULL,
    obligation_id VARCHAR,
    statement_ids VARCHAR[] NOT NULL
);

CREATE TABLE commitments (
    commitment_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    categories VARCHAR[] NOT NULL,
    all_for_all BOOLEAN NOT NULL,
    promised_min BIGINT,
    promised_max BIGINT,
    made_on DATE NOT NULL,
    starts_on DATE,
    due_on DATE,
    agreed_on DATE,
    agreed_at VARCHAR,
    closed_on DATE,
    statement_ids VARCHAR[] NOT NULL
);

CREATE TABLE obligations (
    obligation_id VARCHAR PRIMARY KEY,
    commitment_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    from_party VARCHAR,
    to_party VARCHAR,
    promised_min BIGINT,
    promised_max BIGINT,
    undertaking VARCHAR NOT NULL,
    statement_ids VARCHAR[] NOT NULL
);

-- Every statement that bears on an obligation, and how: a term, a delivery, a refusal, a denial, a completion, a list.
CREATE TABLE bearings (
    obligation_id VARCHAR NOT NULL,
    statement_id VARCHAR NOT NULL,
    bearing VARCHAR NOT NULL,
    told_on DATE NOT NULL,
    PRIMARY KEY (obligation_id, statement_id, bearing)
);

CREATE TABLE status (
    as_of DATE NOT NULL,
    obligation_id VARCHAR PRIMARY KEY,
    commitment_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    from_party VARCHAR,
    to_party VARCHAR,
    categories VARCHAR[] NOT NULL,
    all_for_all BOOLEAN NOT NULL,
    promised_min BIGINT,
    promised_max BIGINT,
    made_on DATE NOT NULL,
    due_on DATE,
    agreed_at VARCHAR,
    status VARCHAR NOT NULL,
    undertaking VARCHAR NOT NULL,
    delivery VARCHAR NOT NULL,
    corroboration VARCHAR NOT NULL,
    delivered_by_giver BIGINT,
    delivered_by_receiver BIGINT,
    delivered_by_mediator BIGINT,
    share DOUBLE,
    flags VARCHAR[] NOT NULL,
    last_event_on DATE
);

-- Every change of an obligation's status, with the statement that caused it.
CREATE TABLE status_history (
    obligation_id VARCHAR NOT NULL,
    day DATE NOT NULL,
    status VARCHAR NOT NULL,
    previous VARCHAR,
    flags VARCHAR[] NOT NULL,
    delivered_by_giver BIGINT,
    delivered_by_receiver BIGINT,
    delivered_by_mediator BIGINT,
    statement_id VARCHAR,
    PRIMARY KEY (obligation_id, day)
);

CREATE TABLE snapshots (
    snapshot_id VARCHAR PRIMARY KEY,
    as_of DATE NOT NULL,
    sample BOOLEAN NOT NULL,
    first_published_at TIMESTAMPTZ NOT NULL
);
