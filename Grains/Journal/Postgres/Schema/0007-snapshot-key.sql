-- What vouches for snapshots, which Orleans' tables hold: each bears a code (HMAC-SHA256) over its stream, version, hash and state, made with this key.
CREATE TABLE snapshot_key
(
    id  integer PRIMARY KEY CHECK (id = 1),
    key bytea   NOT NULL CHECK (length(key) = 32)
);

INSERT INTO snapshot_key (id, key) VALUES (1, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
