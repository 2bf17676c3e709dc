namespace BtcAgent.Cli.Histories;

/// <summary>Result of <c>btcagent data check</c>.</summary>
internal sealed record CheckedHistory(string Folder, int Files, long Rows, IReadOnlyList<string> Problems);
