namespace BtcAgent.History.Sinks.Timescale;

/// <summary>How the tables are divided by time.</summary>
internal enum TimescaleKind
{
    /// <summary>TimescaleDB's hypertables, with compression, continuous aggregates and policies.</summary>
    Hypertables,

    /// <summary>PostgreSQL's range partitions, which the sink creates and drops.</summary>
    Partitions,
}
