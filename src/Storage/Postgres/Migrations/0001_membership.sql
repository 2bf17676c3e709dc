-- Cluster membership, and the table in which the Orleans AdoNet providers look up their statements.
-- Each operation is one statement, so that it is atomic without functions. The providers find only orleansquery by
-- an unqualified name (Search Path=btcagent in the connection string); all else here is qualified.

CREATE TABLE btcagent.orleansquery (
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

CREATE TABLE btcagent.membership_version (
    deployment_id text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE btcagent.membership (
    deployment_id text NOT NULL REFERENCES btcagent.membership_version ON DELETE CASCADE,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    gateway_port integer NOT NULL,
    suspected_by text,
    started_at timestamptz NOT NULL,
    alive_at timestamptz NOT NULL,
    PRIMARY KEY (deployment_id, address, port, generation)
);

-- Joining and changing take the version row first: of two silos that read the same version, one finds it gone.
INSERT INTO btcagent.orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $query$
    WITH created AS (
        INSERT INTO btcagent.membership_version (deployment_id) VALUES (@DeploymentId)
        ON CONFLICT DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT FROM created)
$query$),
('InsertMembershipKey', $query$
    WITH next AS (
        UPDATE btcagent.membership_version AS latest SET version = latest.version + 1, changed_at = now()
        WHERE latest.deployment_id = @DeploymentId AND latest.version = @Version
          AND NOT EXISTS (
            SELECT FROM btcagent.membership AS silo
            WHERE silo.deployment_id = @DeploymentId AND silo.address = @Address
              AND silo.port = @Port AND silo.generation = @Generation)
        RETURNING latest.deployment_id),
    joined AS (
        INSERT INTO btcagent.membership (
            deployment_id, address, port, generation, silo_name, host_name, status, gateway_port, started_at, alive_at)
        SELECT next.deployment_id, @Address, @Port, @Generation, @SiloName,
            @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM next
        RETURNING 1)
    SELECT EXISTS (SELECT FROM joined)
$query$),
('UpdateMembershipKey', $query$
    WITH next AS (
        UPDATE btcagent.membership_version AS latest SET version = latest.version + 1, changed_at = now()
        WHERE latest.deployment_id = @DeploymentId AND latest.version = @Version
          AND EXISTS (
            SELECT FROM btcagent.membership AS silo
            WHERE silo.deployment_id = @DeploymentId AND silo.address = @Address
              AND silo.port = @Port AND silo.generation = @Generation)
        RETURNING latest.deployment_id),
    changed AS (
        UPDATE btcagent.membership AS silo
        SET status = @Status, suspected_by = @SuspectTimes, alive_at = @IAmAliveTime
        FROM next
        WHERE silo.deployment_id = next.deployment_id AND silo.address = @Address
          AND silo.port = @Port AND silo.generation = @Generation
        RETURNING 1)
    SELECT EXISTS (SELECT FROM changed)
$query$),
('UpdateIAmAlivetimeKey', $query$
    UPDATE btcagent.membership SET alive_at = @IAmAliveTime
    WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$),
('MembershipReadAllKey', $query$
    SELECT silo.address AS Address, silo.port AS Port, silo.generation AS Generation, silo.silo_name AS SiloName,
        silo.host_name AS HostName, silo.status AS Status, silo.gateway_port AS ProxyPort,
        silo.suspected_by AS SuspectTimes, silo.started_at AS StartTime, silo.alive_at AS IAmAliveTime,
        latest.version AS Version
    FROM btcagent.membership_version AS latest
    LEFT JOIN btcagent.membership AS silo USING (deployment_id)
    WHERE latest.deployment_id = @DeploymentId
$query$),
('MembershipReadRowKey', $query$
    SELECT silo.address AS Address, silo.port AS Port, silo.generation AS Generation, silo.silo_name AS SiloName,
        silo.host_name AS HostName, silo.status AS Status, silo.gateway_port AS ProxyPort,
        silo.suspected_by AS SuspectTimes, silo.started_at AS StartTime, silo.alive_at AS IAmAliveTime,
        latest.version AS Version
    FROM btcagent.membership_version AS latest
    LEFT JOIN btcagent.membership AS silo
        ON silo.deployment_id = latest.deployment_id AND silo.address = @Address
        AND silo.port = @Port AND silo.generation = @Generation
    WHERE latest.deployment_id = @DeploymentId
$query$),
('GatewaysQueryKey', $query$
    SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
    FROM btcagent.membership
    WHERE deployment_id = @DeploymentId AND status = @Status AND gateway_port > 0
$query$),
('DeleteMembershipTableEntriesKey', $query$
    DELETE FROM btcagent.membership_version WHERE deployment_id = @DeploymentId
$query$),
-- 3 is SiloStatus.Active: a silo that may still be alive stays.
('CleanupDefunctSiloEntriesKey', $query$
    DELETE FROM btcagent.membership
    WHERE deployment_id = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$query$);
