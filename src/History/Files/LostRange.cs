namespace BtcAgent.History.Files;

/// <summary>Facts that the log no longer had, or could not read, when they were to be stored.</summary>
/// <param name="Partition">Partition of the log.</param>
/// <param name="From">First offset lost.</param>
/// <param name="To">First offset that is stored again.</param>
public sealed record LostRange(string Partition, long From, long To);
