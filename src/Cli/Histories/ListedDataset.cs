namespace BtcAgent.Cli.Histories;

/// <summary>A data set as <c>btcagent data list</c> prints it.</summary>
/// <param name="Name">Name of the view.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Files">Files.</param>
/// <param name="Bytes">Size of the files.</param>
/// <param name="From">Lowest event time; null without rows.</param>
/// <param name="To">Highest event time; null without rows.</param>
/// <param name="Gaps">Facts that the log had deleted, or could not read, before they were stored.</param>
/// <param name="Problem">Why it cannot be read, in one line; null when it can.</param>
internal sealed record ListedDataset(
    string Name, long Rows, int Files, long Bytes, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string> Gaps, string? Problem = null);
