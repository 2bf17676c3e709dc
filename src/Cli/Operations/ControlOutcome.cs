using BtcAgent.Contracts.Control;

namespace BtcAgent.Cli.Operations;

/// <summary>Result of a command on trading.</summary>
/// <param name="Command">The command, such as <c>halt</c>.</param>
/// <param name="Portfolio">The one portfolio; null for all.</param>
/// <param name="Reason">The operator's reason.</param>
/// <param name="IsComplete">False while steps are pending, which the agent retries.</param>
/// <param name="WaitedSeconds">How long the command waited for them.</param>
/// <param name="Trading">Whether the agent may trade now.</param>
internal sealed record ControlOutcome(string Command, string? Portfolio, string Reason, bool IsComplete, double WaitedSeconds, TradingStatus Trading);
