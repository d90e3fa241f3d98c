-- Papers that were handed in, by the hash of their content; the files lie beside this one, in folders by the first two letters of the hash. Moments are UTC, ISO 8601.
CREATE TABLE papers
(
    sha256 TEXT    PRIMARY KEY,
    bytes  INTEGER NOT NULL,
    kind   INTEGER NOT NULL
) WITHOUT ROWID;

-- Who handed it in, last when, and under which name.
CREATE TABLE uploads
(
    sha256  TEXT NOT NULL REFERENCES papers (sha256) ON DELETE CASCADE,
    account TEXT NOT NULL,
    name    TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (sha256, account)
) WITHOUT ROWID;

CREATE INDEX uploads_of_account ON uploads (account, at);

-- Commands that named it, before they were sent. on_record: the case's record has it, for good.
CREATE TABLE uses
(
    sha256      TEXT    NOT NULL REFERENCES papers (sha256),
    command     TEXT    NOT NULL,
    case_number TEXT,
    at          TEXT    NOT NULL,
    on_record   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sha256, command)
) WITHOUT ROWID;
