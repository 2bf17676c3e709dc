namespace BtcAgent.Cli.Backtests;

/// <summary>What <c>report --json</c> prints.</summary>
internal sealed record WrittenReport(string File, string Verdict, bool? Survives);
