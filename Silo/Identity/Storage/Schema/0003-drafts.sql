-- Applications that were begun and not submitted. typed: what was typed, by the name of the control, as JSON. item: code of the item.
CREATE TABLE drafts
(
    account  TEXT    NOT NULL REFERENCES accounts (id),
    item     TEXT    NOT NULL,
    typed    TEXT    NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (account, item)
);
CREATE INDEX drafts_saved ON drafts (saved_at);
