namespace BtcAgent.Cli.Backtests;

/// <summary>The output of <c>report --json</c>.</summary>
internal sealed record WrittenReport(string File, string Verdict, bool? Survives);
