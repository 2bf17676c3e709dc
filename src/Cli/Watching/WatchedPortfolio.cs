using BtcAgent.Domain.Risk;

namespace BtcAgent.Cli.Watching;

/// <summary>A portfolio at one moment; money in its quote asset.</summary>
/// <param name="Portfolio">Its id.</param>
/// <param name="Mode">Mode of its breaker; null while it does not answer.</param>
/// <param name="QuoteAsset">Asset of the money.</param>
/// <param name="Equity">Value of everything.</param>
/// <param name="DayPnl">Since the start of the UTC day.</param>
/// <param name="NetRealizedPnl">Realized, after fees.</param>
/// <param name="Drawdown">Fall below the high-water mark, 0…1.</param>
/// <param name="OpenOrders">Number of open orders.</param>
/// <param name="Positions">Positions, also flat ones.</param>
internal sealed record WatchedPortfolio(
    string Portfolio,
    BreakerMode? Mode,
    string QuoteAsset,
    decimal Equity,
    decimal DayPnl,
    decimal NetRealizedPnl,
    decimal Drawdown,
    int OpenOrders,
    IReadOnlyList<WatchedPosition> Positions);
