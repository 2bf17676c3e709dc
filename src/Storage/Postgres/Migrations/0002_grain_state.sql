-- Grain state, a row per service, state name and key. The provider splits a key into two integers (integer and GUID
-- keys) and a text (string keys and key extensions); its hash tells an integer key from the GUID of the same bits.
-- The version is the ETag. A write that finds another version changes nothing and gives back what it was asked with,
-- which the provider takes for a conflict.

CREATE TABLE btcagent.grain_state (
    service_id text NOT NULL,
    state_name text NOT NULL,
    key_n0 bigint NOT NULL,
    key_n1 bigint NOT NULL,
    key_text text NOT NULL,
    key_hash integer NOT NULL,
    version integer NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    payload bytea,
    PRIMARY KEY (service_id, state_name, key_text, key_n0, key_n1, key_hash)
);

-- For people: the providers write UTF-8 JSON as bytes.
CREATE VIEW btcagent.grain_state_json AS
SELECT service_id, state_name, key_text, key_n1, version, changed_at, convert_from(payload, 'UTF8') AS json
FROM btcagent.grain_state;

INSERT INTO btcagent.orleansquery (querykey, querytext) VALUES
('WriteToStorageKey', $query$
    WITH changed AS (
        UPDATE btcagent.grain_state SET payload = @PayloadBinary, version = version + 1, changed_at = now()
        WHERE service_id = @ServiceId AND state_name = @GrainTypeString
          AND key_text = coalesce(@GrainIdExtensionString, '')
          AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_hash = @GrainIdHash AND version = @GrainStateVersion
        RETURNING version),
    created AS (
        INSERT INTO btcagent.grain_state (service_id, state_name, key_text, key_n0, key_n1, key_hash, version, payload)
        SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''),
            @GrainIdN0, @GrainIdN1, @GrainIdHash, 1, @PayloadBinary
        WHERE @GrainStateVersion IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version)
    SELECT coalesce((SELECT version FROM changed), (SELECT version FROM created), @GrainStateVersion)
        AS NewGrainStateVersion
$query$),
('ReadFromStorageKey', $query$
    SELECT payload AS PayloadBinary, version AS Version
    FROM btcagent.grain_state
    WHERE service_id = @ServiceId AND state_name = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '')
      AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_hash = @GrainIdHash
$query$),
('ClearStorageKey', $query$
    UPDATE btcagent.grain_state SET payload = NULL, version = version + 1, changed_at = now()
    WHERE service_id = @ServiceId AND state_name = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '')
      AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_hash = @GrainIdHash AND version = @GrainStateVersion
    RETURNING version AS NewGrainStateVersion
$query$),
('DeleteStorageKey', $query$
    DELETE FROM btcagent.grain_state
    WHERE service_id = @ServiceId AND state_name = @GrainTypeString AND key_text = coalesce(@GrainIdExtensionString, '')
      AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_hash = @GrainIdHash AND version = @GrainStateVersion
    RETURNING version + 1 AS NewGrainStateVersion
$query$);
