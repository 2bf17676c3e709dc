namespace BtcAgent.Contracts.Facts;

/// <summary>The log of facts and the sinks that follow it.</summary>
/// <param name="Log">The log in the data folder; null where the log is Kafka.</param>
/// <param name="Sinks">The sinks, by name.</param>
/// <param name="Datasets">The data sets in Parquet files; empty where this process does not write them.</param>
public sealed record HistoryStatus(FactLogStatus? Log, IReadOnlyList<SinkStatus> Sinks, IReadOnlyList<DatasetStatus> Datasets);
