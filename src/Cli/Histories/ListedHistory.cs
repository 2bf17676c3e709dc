namespace BtcAgent.Cli.Histories;

/// <summary>A history as <c>btcagent data list</c> prints it.</summary>
internal sealed record ListedHistory(string Folder, IReadOnlyList<ListedDataset> Datasets);
