-- What a table that is recomputed whole was made of, so that it need not be made again of the same.
CREATE TABLE derivations (
    derived VARCHAR PRIMARY KEY,
    basis VARCHAR NOT NULL,
    derived_at TIMESTAMPTZ NOT NULL
);
