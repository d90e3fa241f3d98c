-- Labels of a case, as its procedure declares them: what it is found by beside the columns. A JSON list of {"name", "value"}, or null for none.
ALTER TABLE standing ADD COLUMN labels TEXT;

-- The same, one row for each: a list by label is one range of this table, newest first. The triggers keep it in step, in the transaction that moves the case.
CREATE TABLE case_labels
(
    world     TEXT NOT NULL,
    name      TEXT NOT NULL,
    value     TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    number    TEXT NOT NULL,
    PRIMARY KEY (world, name, value, opened_at, number)
) WITHOUT ROWID;

CREATE TRIGGER labels_of_new_case AFTER INSERT ON standing WHEN new.labels IS NOT NULL
BEGIN
    INSERT OR IGNORE INTO case_labels (world, name, value, opened_at, number)
    SELECT new.world, l.value ->> '$.name', l.value ->> '$.value', new.opened_at, new.number FROM json_each(new.labels) l;
END;

CREATE TRIGGER labels_of_case AFTER UPDATE OF labels ON standing WHEN new.labels IS NOT old.labels
BEGIN
    DELETE FROM case_labels WHERE (world, name, value, opened_at, number) IN
        (SELECT old.world, l.value ->> '$.name', l.value ->> '$.value', old.opened_at, old.number FROM json_each(old.labels) l
         WHERE l.value NOT IN (SELECT value FROM json_each(new.labels)));
    INSERT OR IGNORE INTO case_labels (world, name, value, opened_at, number)
    SELECT new.world, l.value ->> '$.name', l.value ->> '$.value', new.opened_at, new.number FROM json_each(new.labels) l;
END;
