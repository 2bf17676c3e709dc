namespace BtcAgent.Cli.Strategies;

/// <summary>The output of <c>strategy check --json</c>.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="LiveName">Entry of <c>Agent:LiveStrategies</c> that lets exactly this source trade real money.</param>
/// <param name="Warnings">The compiler's warnings.</param>
internal sealed record CheckedStrategy(ListedStrategy Strategy, string LiveName, IReadOnlyList<string> Warnings);
