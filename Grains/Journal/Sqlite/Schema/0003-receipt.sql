-- When the silo received what led to a record, by its own clock, beside the moment that counts; the late entry (补录) that it is, in JSON; and the digest of what its
-- command said. Records of before have none of them, and hashes that don't cover them.
ALTER TABLE journal ADD COLUMN received_at TEXT;
ALTER TABLE journal ADD COLUMN late TEXT;
ALTER TABLE journal ADD COLUMN digest BLOB;
