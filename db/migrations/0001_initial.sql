-- Bookmarks, reading history, earlier queries and cases. Times are UTC, ISO 8601.

CREATE TABLE bookmark (
    item_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    CONSTRAINT pk_bookmark PRIMARY KEY (item_id)
);

CREATE TABLE visit (
    id INTEGER NOT NULL,
    item_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    visited_at VARCHAR NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (id)
);
CREATE INDEX ix_visit_item_id ON visit (item_id);

CREATE TABLE query_history (
    text VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    CONSTRAINT pk_query_history PRIMARY KEY (text)
);

CREATE TABLE case_file (
    id VARCHAR NOT NULL,
    nickname VARCHAR NOT NULL,
    procedure_id VARCHAR NOT NULL,
    content_version VARCHAR NOT NULL,
    region VARCHAR,
    created_at VARCHAR NOT NULL,
    updated_at VARCHAR NOT NULL,
    closed_at VARCHAR,
    deleted_at VARCHAR,
    CONSTRAINT pk_case_file PRIMARY KEY (id)
);

CREATE TABLE case_answer (
    case_id VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    option VARCHAR NOT NULL,
    CONSTRAINT pk_case_answer PRIMARY KEY (case_id, question, position),
    CONSTRAINT fk_case_answer_case_id_case_file FOREIGN KEY (case_id) REFERENCES case_file (id) ON DELETE CASCADE
);

CREATE TABLE case_step (
    case_id VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    done_at VARCHAR,
    note VARCHAR NOT NULL,
    CONSTRAINT pk_case_step PRIMARY KEY (case_id, step),
    CONSTRAINT fk_case_step_case_id_case_file FOREIGN KEY (case_id) REFERENCES case_file (id) ON DELETE CASCADE
);

CREATE TABLE case_material (
    case_id VARCHAR NOT NULL,
    material VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    CONSTRAINT pk_case_material PRIMARY KEY (case_id, material),
    CONSTRAINT fk_case_material_case_id_case_file FOREIGN KEY (case_id) REFERENCES case_file (id) ON DELETE CASCADE
);

CREATE TABLE case_event (
    id INTEGER NOT NULL,
    case_id VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    CONSTRAINT pk_case_event PRIMARY KEY (id),
    CONSTRAINT fk_case_event_case_id_case_file FOREIGN KEY (case_id) REFERENCES case_file (id) ON DELETE CASCADE
);
CREATE INDEX ix_case_event_case_id ON case_event (case_id);
