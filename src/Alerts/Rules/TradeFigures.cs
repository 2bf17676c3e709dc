using System.Collections.Immutable;

namespace BtcAgent.Alerts.Rules;

/// <summary>A portfolio's last trade, and why there was none since.</summary>
/// <param name="LastAt">Time of the newest fill; null when the agent knows of none.</param>
/// <param name="Decisions">Number of the newest decisions that were read for the reasons.</param>
/// <param name="Reasons">How often each reason occurs among them: codes of refusals and of risk rules.</param>
public sealed record TradeFigures(DateTimeOffset? LastAt, int Decisions, ImmutableSortedDictionary<string, int> Reasons);
