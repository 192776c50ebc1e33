-- Documents of the user's own, their passages, and the index that finds them.

CREATE TABLE own_document (
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    folder VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    region VARCHAR,
    dated VARCHAR,
    valid_until VARCHAR,
    pages INTEGER NOT NULL,
    tables_doubtful BOOLEAN NOT NULL,
    added_at VARCHAR NOT NULL,
    removed_at VARCHAR,
    definition VARCHAR NOT NULL,
    CONSTRAINT pk_own_document PRIMARY KEY (id)
);
CREATE INDEX ix_own_document_digest ON own_document (digest);

CREATE TABLE own_passage (
    number INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    section VARCHAR NOT NULL,
    heading VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    CONSTRAINT pk_own_passage PRIMARY KEY (number),
    CONSTRAINT fk_own_passage_document_id_own_document FOREIGN KEY (document_id) REFERENCES own_document (id) ON DELETE CASCADE
);
CREATE INDEX ix_own_passage_document_id ON own_passage (document_id);

CREATE TABLE own_meta (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT pk_own_meta PRIMARY KEY (name)
);

CREATE VIRTUAL TABLE own_pair USING fts5(title, body, content='', tokenize='unicode61');
