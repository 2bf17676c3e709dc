namespace BtcAgent.Storage.Embedded;

/// <summary>How far a partition of a log is stored in the journal.</summary>
/// <param name="Log">Name of the log.</param>
/// <param name="Topic">Name of the topic.</param>
/// <param name="Partition">Number of the partition.</param>
/// <param name="From">Offset at which the entries begin.</param>
/// <param name="Next">Offset after the last entry.</param>
public sealed record JournalPlace(string Log, string Topic, int Partition, long From, long Next);
