-- Papers that were handed in, by the hash of their content, in a schema of their own; chunks are parts of 256 KB, so that any silo serves them. Moments are UTC text, ISO 8601.
CREATE SCHEMA IF NOT EXISTS papers;

CREATE TABLE papers.papers
(
    sha256 text COLLATE "C" PRIMARY KEY,
    bytes  bigint  NOT NULL,
    kind   integer NOT NULL
);

CREATE TABLE papers.chunks
(
    sha256 text COLLATE "C" NOT NULL REFERENCES papers.papers (sha256) ON DELETE CASCADE,
    no     integer NOT NULL,
    part   bytea   NOT NULL,
    PRIMARY KEY (sha256, no)
);

ALTER TABLE papers.chunks ALTER COLUMN part SET STORAGE EXTERNAL;

-- Who handed it in, last when, and under which name.
CREATE TABLE papers.uploads
(
    sha256  text COLLATE "C" NOT NULL REFERENCES papers.papers (sha256) ON DELETE CASCADE,
    account text COLLATE "C" NOT NULL,
    name    text NOT NULL,
    at      text COLLATE "C" NOT NULL,
    PRIMARY KEY (sha256, account)
);

CREATE INDEX uploads_of_account ON papers.uploads (account, at);

-- Commands that named it, before they were sent. on_record: the case's record has it, for good.
CREATE TABLE papers.uses
(
    sha256      text COLLATE "C" NOT NULL REFERENCES papers.papers (sha256),
    command     text COLLATE "C" NOT NULL,
    case_number text COLLATE "C",
    at          text COLLATE "C" NOT NULL,
    on_record   integer NOT NULL DEFAULT 0,
    PRIMARY KEY (sha256, command)
);
