using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Watching;

/// <summary>An agent at one moment, as <c>watch</c> shows it.</summary>
/// <param name="At">This machine's clock, UTC.</param>
/// <param name="Mode">Where orders go, in words.</param>
/// <param name="IsArmed">False when no orders go to a real venue.</param>
/// <param name="Problems">Problems for an operator, the most urgent first.</param>
/// <param name="Instruments">The instruments.</param>
/// <param name="Portfolios">The portfolios.</param>
/// <param name="Decisions">The newest decisions, newest first; the first one has the current signal.</param>
/// <param name="TickToOrderP99Ms">99th percentile from a tick to its order, in milliseconds; null before the first order.</param>
internal sealed record WatchUpdate(
    DateTimeOffset At,
    string Mode,
    bool IsArmed,
    IReadOnlyList<string> Problems,
    IReadOnlyList<WatchedInstrument> Instruments,
    IReadOnlyList<WatchedPortfolio> Portfolios,
    IReadOnlyList<DecisionSummary> Decisions,
    double? TickToOrderP99Ms);
