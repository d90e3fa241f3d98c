-- What one at a time holds on its stream: a certificate number for ever, somebody's post until it is released. The writer asks before it gives one (Sqlite/Fence.cs has the same expression).
CREATE INDEX journal_held ON journal
    (world, stream, CASE WHEN json_valid(CAST(payload AS TEXT)) THEN coalesce(json_extract(CAST(payload AS TEXT), '$.certificate'), json_extract(CAST(payload AS TEXT), '$.staff')) END, version)
    WHERE kind IN ('establishment.post-filled', 'establishment.post-released', 'seal.certificate-issued');
