namespace BtcAgent.Cli.Strategies;

/// <summary>The output of <c>strategy new --json</c>.</summary>
internal sealed record NewStrategy(string Name, IReadOnlyList<string> Files);
