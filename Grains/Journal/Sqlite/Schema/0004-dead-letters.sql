-- Effects that their receiver has refused often enough: put aside so that they hold up nobody, kept until somebody has them delivered by hand.
-- why is what the receiver said last; first_at and last_at are when it was first and last tried, by this machine's clock, in UTC.
CREATE TABLE dead_letters
(
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    world       TEXT    NOT NULL,
    stream      TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    target_type TEXT    NOT NULL,
    target_key  TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    effect      TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    first_at    TEXT    NOT NULL,
    last_at     TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    UNIQUE (world, stream, version, ordinal)
);
