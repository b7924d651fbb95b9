-- Where a chain of 301 and 308 led; the moment before which the address is not to be asked again; the body of a robots.txt.
ALTER TABLE fetches ADD COLUMN moved_to VARCHAR;
ALTER TABLE fetches ADD COLUMN not_before TIMESTAMPTZ;
ALTER TABLE fetches ADD COLUMN body_hash VARCHAR;

-- Whether characters of the text were guessed or lost in decoding; not known of texts that were stored before this column was.
ALTER TABLE articles ADD COLUMN doubtful BOOLEAN;

-- Where a feed's window had moved past all that was known of it: entries between may have passed unseen.
CREATE TABLE gaps (
    gap_id VARCHAR PRIMARY KEY,
    source_id VARCHAR NOT NULL,
    feed_body_id VARCHAR NOT NULL,
    noticed_at TIMESTAMPTZ NOT NULL,
    last_listed_at TIMESTAMPTZ NOT NULL,
    entries INTEGER NOT NULL
);
