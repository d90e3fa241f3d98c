-- Keys that sign receipts and checkpoints (ES256), shared by all silos. x and y are the public point in base64url; private is PKCS #8, null once another key signs.
CREATE SCHEMA IF NOT EXISTS receipts;

CREATE TABLE receipts.keys
(
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    x       text   NOT NULL,
    y       text   NOT NULL,
    since   text   NOT NULL,
    private bytea
);

-- One key signs at a time.
CREATE UNIQUE INDEX keys_present ON receipts.keys ((private IS NOT NULL)) WHERE private IS NOT NULL;
