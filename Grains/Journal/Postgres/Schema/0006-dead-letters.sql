-- Effects that their receiver has refused often enough: put aside so that they hold up nobody, kept until somebody has them delivered by hand.
-- why is what the receiver said last; first_at and last_at are when it was first and last tried, by the silo's clock, in UTC.
CREATE TABLE dead_letters
(
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    world       text    NOT NULL,
    stream      text    NOT NULL,
    version     bigint  NOT NULL,
    ordinal     integer NOT NULL,
    target_type text    NOT NULL,
    target_key  text    NOT NULL,
    at          text    NOT NULL,
    effect      text    NOT NULL,
    attempts    integer NOT NULL,
    first_at    text    NOT NULL,
    last_at     text    NOT NULL,
    why         text    NOT NULL,
    UNIQUE (world, stream, version, ordinal)
);
