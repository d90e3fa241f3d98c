-- The durable record of a town. Moments are UTC, ISO 8601 with seven decimals; days are ISO dates; hashes are 32 bytes (read them with hex()).

-- What happened, in the order in which it was committed. The pair (stream, version) is the fence against a second activation.
CREATE TABLE journal
(
    seq          INTEGER PRIMARY KEY,
    commit_no    INTEGER NOT NULL,
    world        TEXT    NOT NULL,
    stream       TEXT    NOT NULL,
    version      INTEGER NOT NULL CHECK (version > 0),
    at           TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    actor_id     TEXT    NOT NULL,
    actor_office TEXT    NOT NULL,
    actor_for    TEXT,
    command_id   TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    prev_hash    BLOB    NOT NULL CHECK (length(prev_hash) = 32),
    hash         BLOB    NOT NULL CHECK (length(hash) = 32)
);

CREATE UNIQUE INDEX journal_fence ON journal (world, stream, version);

-- One row per commit that holds records: root = SHA-256(prev_root, then the hashes of its records in order).
CREATE TABLE commits
(
    no        INTEGER PRIMARY KEY,
    records   INTEGER NOT NULL CHECK (records > 0),
    prev_root BLOB    NOT NULL CHECK (length(prev_root) = 32),
    root      BLOB    NOT NULL CHECK (length(root) = 32)
);

-- Index of cases as lists show them. disposition: 1 open, 2 decided, 3 withdrawn, 4 transferred. colour: 1 green, 2 amber, 3 red, 4 overdue, 5 supervised.
CREATE TABLE cases
(
    world       TEXT    NOT NULL,
    number      TEXT    NOT NULL,
    town        TEXT    NOT NULL,
    procedure   TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    step        TEXT    NOT NULL,
    disposition INTEGER NOT NULL,
    workplace   TEXT,
    colour      INTEGER NOT NULL,
    party_id    TEXT    NOT NULL,
    party_name  TEXT    NOT NULL,
    certificate TEXT,
    opened_at   TEXT    NOT NULL,
    changed_at  TEXT    NOT NULL,
    opened_by   TEXT    NOT NULL,
    PRIMARY KEY (world, number)
) WITHOUT ROWID;

CREATE UNIQUE INDEX cases_opened_by ON cases (world, opened_by);
CREATE INDEX cases_newest ON cases (world, opened_at, number);
CREATE INDEX cases_of_town ON cases (world, town, opened_at, number);
CREATE INDEX cases_of_party ON cases (world, party_id, opened_at, number);
CREATE INDEX cases_at_workplace ON cases (world, workplace, opened_at, number) WHERE workplace IS NOT NULL;

-- The present step of each open case, as work. certificates, not_by and officers are JSON lists.
CREATE TABLE work
(
    world        TEXT    NOT NULL,
    case_number  TEXT    NOT NULL,
    workplace    TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    step         TEXT    NOT NULL,
    item         TEXT    NOT NULL,
    role         TEXT,
    hands        INTEGER NOT NULL,
    certificates TEXT    NOT NULL,
    not_by       TEXT    NOT NULL,
    prefer       TEXT,
    green        INTEGER NOT NULL,
    since        TEXT    NOT NULL,
    look_on      TEXT,
    due          TEXT,
    officers     TEXT    NOT NULL,
    PRIMARY KEY (world, case_number)
) WITHOUT ROWID;

CREATE INDEX work_of_workplace ON work (world, workplace);

-- Effects that have committed and wait for delivery; a delivered one is deleted.
CREATE TABLE outbox
(
    id          INTEGER PRIMARY KEY,
    world       TEXT    NOT NULL,
    stream      TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    target_type TEXT    NOT NULL,
    target_key  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    effect      TEXT    NOT NULL
);
