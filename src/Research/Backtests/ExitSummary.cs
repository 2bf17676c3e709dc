using System.Collections.Immutable;

namespace BtcAgent.Research.Backtests;

/// <summary>The round trips that ended for one reason; money in quote asset.</summary>
/// <param name="Reason">Why they ended.</param>
/// <param name="RoundTrips">Their number.</param>
/// <param name="Won">Those with a profit after fees.</param>
/// <param name="GrossPnl">Profit before fees.</param>
/// <param name="Fees">Fees of both sides.</param>
/// <param name="NetPnl">Profit after fees.</param>
public sealed record ExitSummary(ExitReason Reason, int RoundTrips, int Won, decimal GrossPnl, decimal Fees, decimal NetPnl)
{
    /// <summary>One row per reason that occurred, in order of <see cref="ExitReason"/>.</summary>
    public static ImmutableArray<ExitSummary> Of(IEnumerable<RoundTrip> trips) =>
    [
        .. trips.GroupBy(t => t.Exit).OrderBy(g => g.Key).Select(g => new ExitSummary(
            g.Key, g.Count(), g.Count(t => t.NetPnl > 0), g.Sum(t => t.GrossPnl), g.Sum(t => t.Fees), g.Sum(t => t.NetPnl))),
    ];

    /// <summary>The reason's name, as in JSON.</summary>
    public string Name => Reason switch
    {
        ExitReason.StopLoss => "stop-loss",
        ExitReason.TakeProfit => "take-profit",
        ExitReason.TrailingStop => "trailing-stop",
        ExitReason.EndOfBars => "end of bars",
        _ => "signal",
    };
}
