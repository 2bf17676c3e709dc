namespace BtcAgent.Chaos.Tests.Cluster;

internal enum PartitionKind
{
    /// <summary>Two silos cannot reach each other; both reach Kafka, PostgreSQL and the venue.</summary>
    Peers,

    /// <summary>The trading silo reaches only the venue.</summary>
    AllButVenue,

    /// <summary>The trading silo reaches everything except PostgreSQL.</summary>
    Postgres,
}
