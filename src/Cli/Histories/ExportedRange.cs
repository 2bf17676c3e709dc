namespace BtcAgent.Cli.Histories;

/// <summary>Result of <c>btcagent data export</c>.</summary>
internal sealed record ExportedRange(string Dataset, long Rows, string File);
