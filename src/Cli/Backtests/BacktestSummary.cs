using BtcAgent.Domain.Models;
using BtcAgent.Research.Backtests;

namespace BtcAgent.Cli.Backtests;

/// <summary>The output of <c>btcagent backtest --json</c>; money and quantities are exact decimals.</summary>
internal sealed record BacktestSummary(
    string Strategy,
    string Instrument,
    string Source,
    long Steps,
    int Orders,
    int Fills,
    decimal InitialCash,
    decimal InitialBase,
    decimal FinalCash,
    decimal FinalBase,
    decimal Fees,
    decimal RealizedPnl,
    decimal GrossPnl,
    int RoundTrips,
    string DecisionsHash,
    IReadOnlyDictionary<string, int> Refusals,
    IReadOnlyList<ExitSummary> Exits,
    IReadOnlyList<string> NotChecked,
    IReadOnlyList<string> Remarks,
    IReadOnlyList<InstrumentPart> Instruments,
    Verdict Verdict,
    string Fill,
    ModelWindow? ModelWindow,
    SweepTable? Sweep,
    double? DeflatedSharpe)
{
    /// <param name="result">The result.</param>
    /// <param name="verdict">Its verdict.</param>
    /// <param name="deflatedSharpe">Of the best combination of a sweep; undefined otherwise.</param>
    public static BacktestSummary Of(BacktestResult result, Verdict verdict, double deflatedSharpe = double.NaN) => new(
        result.Strategy,
        result.Instrument,
        result.Source,
        result.Steps,
        result.Orders,
        result.Fills.Length,
        Plain(result.InitialCash),
        Plain(result.InitialBase),
        Plain(result.FinalCash),
        Plain(result.FinalBase),
        Plain(result.Fees),
        Plain(result.RealizedPnl),
        Plain(result.RoundTrips.Sum(t => t.GrossPnl)),
        result.RoundTrips.Length,
        result.DecisionsHash,
        result.Refusals,
        ExitSummary.Of(result.RoundTrips),
        result.NotChecked,
        result.Remarks,
        result.Instruments,
        verdict,
        result.Settings.GetValueOrDefault(BacktestResult.FillSetting, ""),
        result.ModelWindow,
        result.Sweep,
        double.IsFinite(deflatedSharpe) && result.Sweep is not null ? deflatedSharpe : null);

    /// <summary>Removes trailing zeros: division by one with 28 decimals drops them.</summary>
    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
