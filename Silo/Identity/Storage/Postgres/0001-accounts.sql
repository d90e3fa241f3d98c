-- Who may sign in. Moments are milliseconds since 1970 in UTC. The same tables as on SQLite (../Schema).

CREATE SCHEMA accounts;
SET LOCAL search_path = accounts;

-- One row. Its number changes with everything that decides whether a session or a key still counts: a silo that has read it needs to ask no more.
CREATE TABLE changes (n bigint NOT NULL);
INSERT INTO changes (n) VALUES (1);

-- kind: AccountKind. sign_in_name: lower case, normal form.
CREATE TABLE accounts
(
    id             text    NOT NULL PRIMARY KEY,
    sign_in_name   text    NOT NULL UNIQUE,
    kind           bigint  NOT NULL,
    name_zh        text    NOT NULL,
    name_en        text    NOT NULL,
    town           text,
    staff          text,
    county         text,
    county_office  text,
    county_person  text,
    created_at     bigint  NOT NULL,
    disabled_at    bigint,
    security_stamp text    NOT NULL,
    password_hash  text,
    must_change    bigint  NOT NULL DEFAULT 0,
    failures       bigint  NOT NULL DEFAULT 0,
    locked_until   bigint  NOT NULL DEFAULT 0,
    totp_key       text,
    totp_on        bigint  NOT NULL DEFAULT 0
);

CREATE TABLE account_parties
(
    account  text    NOT NULL REFERENCES accounts (id),
    position bigint NOT NULL,
    party    text    NOT NULL,
    PRIMARY KEY (account, position)
);

-- Identities at an outside provider (OpenID Connect).
CREATE TABLE outside_logins
(
    issuer  text NOT NULL,
    subject text NOT NULL,
    account text NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (issuer, subject)
);

-- id: SHA-256 of what the cookie carries. outside_sid: the provider's session, for its sign-out.
CREATE TABLE sessions
(
    id          text    NOT NULL PRIMARY KEY,
    account     text    NOT NULL REFERENCES accounts (id),
    started_at  bigint  NOT NULL,
    method      text    NOT NULL,
    outside_sid text
);
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_outside ON sessions (outside_sid) WHERE outside_sid IS NOT NULL;

CREATE TABLE recovery_codes
(
    account text NOT NULL REFERENCES accounts (id),
    hash    text NOT NULL,
    PRIMARY KEY (account, hash)
);

-- One-time codes and passkey challenges that were used: none counts twice, on any silo.
CREATE TABLE used_codes
(
    account text    NOT NULL,
    code    text    NOT NULL,
    used_at bigint  NOT NULL,
    PRIMARY KEY (account, code)
);
CREATE INDEX used_codes_at ON used_codes (used_at);

-- data: the public key and what the authenticator said, as JSON.
CREATE TABLE passkeys
(
    id         text    NOT NULL PRIMARY KEY,
    account    text    NOT NULL REFERENCES accounts (id),
    name       text    NOT NULL,
    created_at bigint  NOT NULL,
    data       text    NOT NULL
);
CREATE INDEX passkeys_account ON passkeys (account);

-- hash: SHA-256 of the secret, hex. scopes: KeyScopes.
CREATE TABLE api_keys
(
    id           text    NOT NULL PRIMARY KEY,
    account      text    NOT NULL REFERENCES accounts (id),
    name         text    NOT NULL,
    hash         text    NOT NULL,
    scopes       bigint  NOT NULL,
    created_at   bigint  NOT NULL,
    expires_at   bigint  NOT NULL,
    revoked_at   bigint,
    last_used_at bigint 
);
CREATE INDEX api_keys_account ON api_keys (account);

-- Keys of ASP.NET Core Data Protection: what one silo has sealed, each other can open.
CREATE TABLE data_protection_keys
(
    name text NOT NULL PRIMARY KEY,
    xml  text NOT NULL
);

-- One row per attempt, made before it is judged. outcome: SignInOutcome.
CREATE TABLE sign_ins
(
    id      text    NOT NULL PRIMARY KEY,
    at      bigint  NOT NULL,
    account text,
    outcome bigint  NOT NULL,
    method  text    NOT NULL,
    address text    NOT NULL
);
CREATE INDEX sign_ins_at ON sign_ins (at);

CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql SET search_path = accounts AS $body$
BEGIN
    UPDATE changes SET n = n + 1;
    RETURN NULL;
END
$body$;

CREATE TRIGGER accounts_counted AFTER INSERT OR DELETE OR UPDATE OF kind, name_zh, name_en, town, staff, county, county_office,
    county_person, disabled_at, security_stamp, must_change, totp_on ON accounts FOR EACH STATEMENT EXECUTE FUNCTION count_change();
CREATE TRIGGER parties_counted AFTER INSERT OR DELETE ON account_parties FOR EACH STATEMENT EXECUTE FUNCTION count_change();
CREATE TRIGGER sessions_counted AFTER DELETE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION count_change();
CREATE TRIGGER keys_counted AFTER DELETE OR UPDATE OF account, hash, scopes, expires_at, revoked_at ON api_keys
    FOR EACH STATEMENT EXECUTE FUNCTION count_change();

-- What runs after this script in the same transaction goes where it always went.
SET LOCAL search_path TO DEFAULT;
