-- Membership, reminders and snapshots of a cluster, behind the queries that Orleans' ADO.NET providers look up by key. The statements are this project's own.

CREATE TABLE OrleansQuery
(
    QueryKey  text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);

-- One row per cluster; its version orders all changes of membership.
CREATE TABLE membership_versions
(
    cluster    text        NOT NULL PRIMARY KEY,
    version    integer     NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- status: 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead.
CREATE TABLE members
(
    cluster       text        NOT NULL,
    address       text        NOT NULL,
    port          integer     NOT NULL,
    generation    integer     NOT NULL,
    silo_name     text        NOT NULL,
    host_name     text        NOT NULL,
    status        integer     NOT NULL,
    proxy_port    integer,
    suspect_times text,
    start_time    timestamptz NOT NULL,
    alive_time    timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
) WITH (fillfactor = 50);

-- A grain's state by its whole identity; the hashes that the provider sends aren't needed.
CREATE TABLE states
(
    service_id text    NOT NULL,
    grain_type text    NOT NULL,
    key_text   text    NOT NULL,
    key_high   bigint  NOT NULL,
    key_low    bigint  NOT NULL,
    version    integer NOT NULL,
    payload    bytea,
    PRIMARY KEY (service_id, grain_type, key_text, key_high, key_low)
);

CREATE TABLE reminders
(
    service_id text        NOT NULL,
    grain_id   text        NOT NULL,
    name       text        NOT NULL,
    grain_hash integer     NOT NULL,
    start_time timestamptz NOT NULL,
    period_ms  bigint      NOT NULL,
    version    integer     NOT NULL,
    PRIMARY KEY (service_id, grain_id, name)
);

CREATE INDEX reminders_by_hash ON reminders (service_id, grain_hash);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', '
    WITH made AS (INSERT INTO membership_versions (cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM made'),
-- The row counts only when the version moved on from the one that its writer had read; the version''s row lock orders rivals.
('InsertMembershipKey', '
    WITH turn AS
    (
        UPDATE membership_versions SET version = version + 1, changed_at = now()
        WHERE cluster = @DeploymentId AND version = @Version
          AND NOT EXISTS (SELECT 1 FROM members WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING 1
    ), made AS
    (
        INSERT INTO members (cluster, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
        SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        WHERE EXISTS (SELECT 1 FROM turn)
        RETURNING 1
    )
    SELECT count(*)::integer FROM made'),
-- With the very change that declares a silo dead (6) its writer is closed: a silo that was only asleep can record nothing from then on.
('UpdateMembershipKey', '
    WITH turn AS
    (
        UPDATE membership_versions SET version = version + 1, changed_at = now()
        WHERE cluster = @DeploymentId AND version = @Version
          AND EXISTS (SELECT 1 FROM members WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING 1
    ), changed AS
    (
        UPDATE members SET status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
        WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND EXISTS (SELECT 1 FROM turn)
        RETURNING 1
    ), closed AS
    (
        UPDATE writers SET closed = true
        WHERE @Status = 6 AND address = @Address AND port = @Port AND generation = @Generation AND NOT closed AND EXISTS (SELECT 1 FROM turn)
        RETURNING 1
    )
    SELECT count(*)::integer FROM changed'),
('UpdateIAmAlivetimeKey', '
    UPDATE members SET alive_time = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('MembershipReadRowKey', '
    SELECT v.cluster AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName,
           m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive_time AS IAmAliveTime, v.version AS Version
    FROM membership_versions v
         LEFT JOIN members m ON m.cluster = v.cluster AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.cluster = @DeploymentId'),
('MembershipReadAllKey', '
    SELECT v.cluster AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName,
           m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive_time AS IAmAliveTime, v.version AS Version
    FROM membership_versions v LEFT JOIN members m ON m.cluster = v.cluster
    WHERE v.cluster = @DeploymentId'),
('DeleteMembershipTableEntriesKey', '
    DELETE FROM members WHERE cluster = @DeploymentId;
    DELETE FROM membership_versions WHERE cluster = @DeploymentId'),
('GatewaysQueryKey', '
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM members WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0'),
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM members WHERE cluster = @DeploymentId AND alive_time < @IAmAliveTime AND start_time < @IAmAliveTime AND status = 6'),
('CleanupDefunctSiloEntryKey', '
    DELETE FROM members
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
      AND alive_time = @IAmAliveTime AND start_time = @StartTime AND coalesce(suspect_times, '''') = coalesce(@SuspectTimes, '''')'),
('ReadFromStorageKey', '
    SELECT payload AS PayloadBinary, now() AS ModifiedOn, version AS Version
    FROM states
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '''')
      AND key_high = @GrainIdN1 AND key_low = @GrainIdN0'),
-- One statement, so that two first writes can''t both succeed: the second finds the key taken and a version that isn''t its own.
-- The old version handed back tells the provider that the write was refused.
('WriteToStorageKey', '
    WITH written AS
    (
        INSERT INTO states AS s (service_id, grain_type, key_text, key_high, key_low, version, payload)
        SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''''), @GrainIdN1, @GrainIdN0, 1, @PayloadBinary
        WHERE @GrainStateVersion::integer IS NULL OR EXISTS
        (
            SELECT 1 FROM states
            WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '''')
              AND key_high = @GrainIdN1 AND key_low = @GrainIdN0
        )
        ON CONFLICT (service_id, grain_type, key_text, key_high, key_low)
            DO UPDATE SET version = s.version + 1, payload = excluded.payload WHERE s.version = @GrainStateVersion::integer
        RETURNING version
    )
    SELECT version AS NewGrainStateVersion FROM written
    UNION ALL
    SELECT @GrainStateVersion::integer WHERE NOT EXISTS (SELECT 1 FROM written) AND @GrainStateVersion::integer IS NOT NULL'),
('ClearStorageKey', '
    WITH cleared AS
    (
        UPDATE states SET version = version + 1, payload = NULL
        WHERE service_id = @ServiceId AND grain_type = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '''')
          AND key_high = @GrainIdN1 AND key_low = @GrainIdN0 AND version = @GrainStateVersion::integer
        RETURNING version
    )
    SELECT version AS NewGrainStateVersion FROM cleared
    UNION ALL
    SELECT @GrainStateVersion::integer WHERE NOT EXISTS (SELECT 1 FROM cleared) AND @GrainStateVersion::integer IS NOT NULL'),
('UpsertReminderRowKey', '
    INSERT INTO reminders AS r (service_id, grain_id, name, grain_hash, start_time, period_ms, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
    ON CONFLICT (service_id, grain_id, name)
        DO UPDATE SET grain_hash = excluded.grain_hash, start_time = excluded.start_time, period_ms = excluded.period_ms, version = r.version + 1
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
    WITH gone AS (DELETE FROM reminders WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version RETURNING 1)
    SELECT count(*)::integer FROM gone'),
('DeleteReminderRowsKey', '
    DELETE FROM reminders WHERE service_id = @ServiceId');
