using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Operations;

/// <summary>Decisions, newest first.</summary>
internal sealed record DecisionList(IReadOnlyList<DecisionSummary> Decisions);
