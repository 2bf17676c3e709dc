-- Reminders. A silo owns a range of grain hashes on a ring: above the first, up to and including the last;
-- where the range passes the end of the ring, above the first or up to the last.

CREATE TABLE btcagent.reminder (
    service_id text NOT NULL,
    grain_id text NOT NULL,
    name text NOT NULL,
    grain_hash integer NOT NULL,
    starts_at timestamptz NOT NULL,
    period_ms bigint NOT NULL,
    version integer NOT NULL DEFAULT 0,
    PRIMARY KEY (service_id, grain_id, name)
);

CREATE INDEX reminder_by_hash ON btcagent.reminder (service_id, grain_hash);

INSERT INTO btcagent.orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $query$
    INSERT INTO btcagent.reminder AS kept (service_id, grain_id, name, grain_hash, starts_at, period_ms)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period)
    ON CONFLICT (service_id, grain_id, name) DO UPDATE
    SET grain_hash = excluded.grain_hash, starts_at = excluded.starts_at, period_ms = excluded.period_ms,
        version = kept.version + 1
    RETURNING kept.version AS Version
$query$),
('ReadReminderRowKey', $query$
    SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
    FROM btcagent.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$query$),
('ReadReminderRowsKey', $query$
    SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
    FROM btcagent.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId
$query$),
('ReadRangeRows1Key', $query$
    SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
    FROM btcagent.reminder WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$query$),
('ReadRangeRows2Key', $query$
    SELECT grain_id AS GrainId, name AS ReminderName, starts_at AS StartTime, period_ms AS Period, version AS Version
    FROM btcagent.reminder WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$query$),
('DeleteReminderRowKey', $query$
    WITH deleted AS (
        DELETE FROM btcagent.reminder
        WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
        RETURNING 1)
    SELECT EXISTS (SELECT FROM deleted)
$query$),
('DeleteReminderRowsKey', $query$
    DELETE FROM btcagent.reminder WHERE service_id = @ServiceId
$query$);
