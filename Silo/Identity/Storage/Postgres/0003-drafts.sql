-- Applications that were begun and not submitted. typed: what was typed, by the name of the control, as JSON. item: code of the item.
SET LOCAL search_path = accounts;

CREATE TABLE drafts
(
    account  text   NOT NULL REFERENCES accounts (id),
    item     text   NOT NULL,
    typed    text   NOT NULL,
    saved_at bigint NOT NULL,
    PRIMARY KEY (account, item)
);
CREATE INDEX drafts_saved ON drafts (saved_at);

-- What runs after this script in the same transaction goes where it always went.
SET LOCAL search_path TO DEFAULT;
