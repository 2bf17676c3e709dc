namespace BtcAgent.Chaos.Tests.Cluster;

internal enum PartitionKind
{
    /// <summary>Two silos do not hear each other; both reach Kafka, PostgreSQL and the venue.</summary>
    Peers,

    /// <summary>The silo that trades reaches the venue and nothing else.</summary>
    AllButVenue,

    /// <summary>The silo that trades reaches all but PostgreSQL.</summary>
    Postgres,
}
