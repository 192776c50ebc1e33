-- Stages and the receipt of a case, the plan as it was last seen, and folders for bookmarks.

ALTER TABLE case_file ADD COLUMN archived_at VARCHAR;
ALTER TABLE case_file ADD COLUMN accepted_at VARCHAR;
ALTER TABLE case_file ADD COLUMN receipt_number VARCHAR NOT NULL DEFAULT '';

CREATE TABLE case_part (
    case_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    CONSTRAINT pk_case_part PRIMARY KEY (case_id, kind, part),
    CONSTRAINT fk_case_part_case_id_case_file FOREIGN KEY (case_id) REFERENCES case_file (id) ON DELETE CASCADE
);

ALTER TABLE bookmark ADD COLUMN folder VARCHAR NOT NULL DEFAULT '';
