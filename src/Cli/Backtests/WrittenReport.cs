using BtcAgent.Domain.Models;

namespace BtcAgent.Cli.Backtests;

/// <summary>The output of <c>report --json</c>.</summary>
internal sealed record WrittenReport(string File, Verdict Verdict);
