-- The order in which things were done, which a clock that is wrong for a while cannot tell; the days
-- of a step done and of a case taken on as the calendar had them; and each page that was read once, the last 200 of them.

ALTER TABLE bookmark ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE bookmark SET position = ordered.position
FROM (SELECT item_id, row_number() OVER (ORDER BY created_at, item_id) AS position FROM bookmark) AS ordered
WHERE bookmark.item_id = ordered.item_id;

ALTER TABLE query_history ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE query_history SET position = ordered.position
FROM (SELECT text, row_number() OVER (ORDER BY at, text) AS position FROM query_history) AS ordered
WHERE query_history.text = ordered.text;

ALTER TABLE case_file ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE case_file SET position = ordered.position
FROM (SELECT id, row_number() OVER (ORDER BY updated_at, id DESC) AS position FROM case_file) AS ordered
WHERE case_file.id = ordered.id;
CREATE INDEX ix_case_file_position ON case_file (position);

ALTER TABLE case_step RENAME COLUMN done_at TO done_on;
UPDATE case_step SET done_on = coalesce(date(done_on, 'localtime'), substr(done_on, 1, 10))
WHERE done_on IS NOT NULL;

ALTER TABLE case_file RENAME COLUMN accepted_at TO accepted_on;
UPDATE case_file SET accepted_on = coalesce(date(accepted_on, 'localtime'), substr(accepted_on, 1, 10))
WHERE accepted_on IS NOT NULL;

DELETE FROM visit WHERE id NOT IN (SELECT max(id) FROM visit GROUP BY item_id ORDER BY max(id) DESC LIMIT 200);
