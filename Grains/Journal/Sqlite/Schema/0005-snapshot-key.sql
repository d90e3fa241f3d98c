-- What vouches for snapshots, which stand in another file: each bears a code (HMAC-SHA256) over its stream, version, hash and state, made with this key.
CREATE TABLE snapshot_key
(
    id  INTEGER PRIMARY KEY CHECK (id = 1),
    key BLOB    NOT NULL CHECK (length(key) = 32)
);

INSERT INTO snapshot_key (id, key) VALUES (1, randomblob(32));
