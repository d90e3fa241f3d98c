-- What changes with each step of a case stands in one row, its work included; what never changes, with its indexes, is written once.
-- disposition: 1 open, 2 decided, 3 withdrawn, 4 transferred. colour: 1 green, 2 amber, 3 red, 4 overdue, 5 supervised.
-- work is the present step as work, in JSON; null when the case has ended. since is that step's beginning.
CREATE TABLE standing
(
    world       TEXT    NOT NULL,
    number      TEXT    NOT NULL,
    step        TEXT    NOT NULL,
    disposition INTEGER NOT NULL,
    workplace   TEXT,
    colour      INTEGER NOT NULL,
    party_name  TEXT    NOT NULL,
    certificate TEXT,
    opened_at   TEXT    NOT NULL,
    changed_at  TEXT    NOT NULL,
    since       TEXT,
    work        TEXT,
    PRIMARY KEY (world, number)
) WITHOUT ROWID;

INSERT INTO standing
SELECT c.world, c.number, c.step, c.disposition, c.workplace, c.colour, c.party_name, c.certificate, c.opened_at, c.changed_at, w.since,
    CASE WHEN w.case_number IS NULL THEN NULL ELSE json_object(
        'case', w.case_number, 'version', w.version, 'step', w.step, 'item', w.item, 'role', w.role, 'hands', w.hands,
        'certificates', json(w.certificates), 'notBy', json(w.not_by), 'prefer', w.prefer, 'green', json(iif(w.green, 'true', 'false')),
        'since', w.since, 'lookOn', w.look_on, 'due', w.due, 'officers', json(w.officers)) END
FROM cases c LEFT JOIN work w ON w.world = c.world AND w.case_number = c.number;

CREATE INDEX standing_at_workplace ON standing (world, workplace, opened_at, number) WHERE workplace IS NOT NULL;

DROP TABLE work;
DROP INDEX cases_at_workplace;
ALTER TABLE cases DROP COLUMN step;
ALTER TABLE cases DROP COLUMN disposition;
ALTER TABLE cases DROP COLUMN workplace;
ALTER TABLE cases DROP COLUMN colour;
ALTER TABLE cases DROP COLUMN party_name;
ALTER TABLE cases DROP COLUMN certificate;
ALTER TABLE cases DROP COLUMN changed_at;
