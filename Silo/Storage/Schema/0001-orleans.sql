-- Snapshots and reminders, behind the queries that Orleans' ADO.NET providers look up by key. The statements are this project's own.

CREATE TABLE OrleansQuery
(
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
) WITHOUT ROWID;

-- A grain's state by its whole identity; the hashes that the provider sends aren't needed.
CREATE TABLE states
(
    service_id TEXT    NOT NULL,
    grain_type TEXT    NOT NULL,
    key_text   TEXT    NOT NULL,
    key_high   INTEGER NOT NULL,
    key_low    INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    payload    BLOB,
    PRIMARY KEY (service_id, grain_type, key_text, key_high, key_low)
);

CREATE TABLE reminders
(
    service_id TEXT    NOT NULL,
    grain_id   TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    grain_hash INTEGER NOT NULL,
    start_time TEXT    NOT NULL,
    period_ms  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    PRIMARY KEY (service_id, grain_id, name)
) WITHOUT ROWID;

CREATE INDEX reminders_by_hash ON reminders (service_id, grain_hash);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey', '
    SELECT payload AS PayloadBinary, version AS Version
    FROM states
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '''')
      AND key_high = @GrainIdN1 AND key_low = @GrainIdN0'),
-- One statement, so that two first writes can't both succeed: the second finds the key taken and a version that isn't its own.
-- The old version handed back tells the provider that the write was refused.
('WriteToStorageKey', '
    INSERT INTO states (service_id, grain_type, key_text, key_high, key_low, version, payload)
    SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''''), @GrainIdN1, @GrainIdN0, 1, @PayloadBinary
    WHERE @GrainStateVersion IS NULL OR EXISTS
    (
        SELECT 1 FROM states
        WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '''')
          AND key_high = @GrainIdN1 AND key_low = @GrainIdN0
    )
    ON CONFLICT (service_id, grain_type, key_text, key_high, key_low)
        DO UPDATE SET version = version + 1, payload = excluded.payload WHERE version = @GrainStateVersion
    RETURNING version AS NewGrainStateVersion;
    SELECT @GrainStateVersion AS NewGrainStateVersion WHERE changes() = 0 AND @GrainStateVersion IS NOT NULL'),
('ClearStorageKey', '
    UPDATE states SET version = version + 1, payload = NULL
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '''')
      AND key_high = @GrainIdN1 AND key_low = @GrainIdN0 AND version = @GrainStateVersion
    RETURNING version AS NewGrainStateVersion;
    SELECT @GrainStateVersion AS NewGrainStateVersion WHERE changes() = 0 AND @GrainStateVersion IS NOT NULL'),
('UpsertReminderRowKey', '
    INSERT INTO reminders (service_id, grain_id, name, grain_hash, start_time, period_ms, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
    ON CONFLICT (service_id, grain_id, name)
        DO UPDATE SET grain_hash = excluded.grain_hash, start_time = excluded.start_time, period_ms = excluded.period_ms, version = version + 1
    RETURNING version AS Version'),
('ReadReminderRowKey', '
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, version AS Version
    FROM reminders WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName'),
('ReadReminderRowsKey', '
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, version AS Version
    FROM reminders WHERE service_id = @ServiceId AND grain_id = @GrainId'),
('ReadRangeRows1Key', '
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, version AS Version
    FROM reminders WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash'),
-- The range that wraps around the end of the ring.
('ReadRangeRows2Key', '
    SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, version AS Version
    FROM reminders WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)'),
('DeleteReminderRowKey', '
    DELETE FROM reminders WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version;
    SELECT changes() > 0'),
('DeleteReminderRowsKey', '
    DELETE FROM reminders WHERE service_id = @ServiceId');
