-- Who may sign in. Moments are milliseconds since 1970 in UTC. The same tables as on PostgreSQL (../Postgres).

-- One row. Its number changes with everything that decides whether a session or a key still counts: a silo that has read it needs to ask no more.
CREATE TABLE changes (n INTEGER NOT NULL);
INSERT INTO changes (n) VALUES (1);

-- kind: AccountKind. sign_in_name: lower case, normal form.
CREATE TABLE accounts
(
    id             TEXT    NOT NULL PRIMARY KEY,
    sign_in_name   TEXT    NOT NULL UNIQUE,
    kind           INTEGER NOT NULL,
    name_zh        TEXT    NOT NULL,
    name_en        TEXT    NOT NULL,
    town           TEXT,
    staff          TEXT,
    county         TEXT,
    county_office  TEXT,
    county_person  TEXT,
    created_at     INTEGER NOT NULL,
    disabled_at    INTEGER,
    security_stamp TEXT    NOT NULL,
    password_hash  TEXT,
    must_change    INTEGER NOT NULL DEFAULT 0,
    failures       INTEGER NOT NULL DEFAULT 0,
    locked_until   INTEGER NOT NULL DEFAULT 0,
    totp_key       TEXT,
    totp_on        INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE account_parties
(
    account  TEXT    NOT NULL REFERENCES accounts (id),
    position INTEGER NOT NULL,
    party    TEXT    NOT NULL,
    PRIMARY KEY (account, position)
);

-- Identities at an outside provider (OpenID Connect).
CREATE TABLE outside_logins
(
    issuer  TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (issuer, subject)
);

-- id: SHA-256 of what the cookie carries. outside_sid: the provider's session, for its sign-out.
CREATE TABLE sessions
(
    id          TEXT    NOT NULL PRIMARY KEY,
    account     TEXT    NOT NULL REFERENCES accounts (id),
    started_at  INTEGER NOT NULL,
    method      TEXT    NOT NULL,
    outside_sid TEXT
);
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_outside ON sessions (outside_sid) WHERE outside_sid IS NOT NULL;

CREATE TABLE recovery_codes
(
    account TEXT NOT NULL REFERENCES accounts (id),
    hash    TEXT NOT NULL,
    PRIMARY KEY (account, hash)
);

-- One-time codes and passkey challenges that were used: none counts twice, on any silo.
CREATE TABLE used_codes
(
    account TEXT    NOT NULL,
    code    TEXT    NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (account, code)
);
CREATE INDEX used_codes_at ON used_codes (used_at);

-- data: the public key and what the authenticator said, as JSON.
CREATE TABLE passkeys
(
    id         TEXT    NOT NULL PRIMARY KEY,
    account    TEXT    NOT NULL REFERENCES accounts (id),
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    data       TEXT    NOT NULL
);
CREATE INDEX passkeys_account ON passkeys (account);

-- hash: SHA-256 of the secret, hex. scopes: KeyScopes.
CREATE TABLE api_keys
(
    id           TEXT    NOT NULL PRIMARY KEY,
    account      TEXT    NOT NULL REFERENCES accounts (id),
    name         TEXT    NOT NULL,
    hash         TEXT    NOT NULL,
    scopes       INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    last_used_at INTEGER
);
CREATE INDEX api_keys_account ON api_keys (account);

-- Keys of ASP.NET Core Data Protection: what one silo has sealed, each other can open.
CREATE TABLE data_protection_keys
(
    name TEXT NOT NULL PRIMARY KEY,
    xml  TEXT NOT NULL
);

-- One row per attempt, made before it is judged. outcome: SignInOutcome.
CREATE TABLE sign_ins
(
    id      TEXT    NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    account TEXT,
    outcome INTEGER NOT NULL,
    method  TEXT    NOT NULL,
    address TEXT    NOT NULL
);
CREATE INDEX sign_ins_at ON sign_ins (at);

CREATE TRIGGER accounts_inserted AFTER INSERT ON accounts BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER accounts_changed AFTER UPDATE OF kind, name_zh, name_en, town, staff, county, county_office, county_person, disabled_at,
    security_stamp, must_change, totp_on ON accounts BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER accounts_deleted AFTER DELETE ON accounts BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER parties_inserted AFTER INSERT ON account_parties BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER parties_deleted AFTER DELETE ON account_parties BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER sessions_deleted AFTER DELETE ON sessions BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER keys_changed AFTER UPDATE OF account, hash, scopes, expires_at, revoked_at ON api_keys
    BEGIN UPDATE changes SET n = n + 1; END;
CREATE TRIGGER keys_deleted AFTER DELETE ON api_keys BEGIN UPDATE changes SET n = n + 1; END;
