namespace BtcAgent.Cli.Strategies;

/// <summary>The output of <c>strategy list --json</c>.</summary>
internal sealed record StrategyList(IReadOnlyList<ListedStrategy> Strategies);
