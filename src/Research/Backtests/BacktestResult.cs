using System.Collections.Immutable;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Backtests;

/// <summary>The raw result of a backtest; <c>Metrics</c> computes the figures.</summary>
public sealed record BacktestResult
{
    /// <summary>Model or rule with its parameters, such as <c>ema-cross(10,20)</c>.</summary>
    public required string Strategy { get; init; }

    public required string Instrument { get; init; }

    public required string QuoteAsset { get; init; }

    /// <summary>Description of its input: files, bar interval.</summary>
    public required string Source { get; init; }

    /// <summary>Every setting that affects the result: fees, latency, seed, limits.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    public required decimal InitialCash { get; init; }

    /// <summary>Base asset held at the start and valued at the first price.</summary>
    public required decimal InitialBase { get; init; }

    public required decimal FinalCash { get; init; }

    public required decimal FinalBase { get; init; }

    public required decimal Fees { get; init; }

    public required int Orders { get; init; }

    public required ImmutableArray<BacktestFill> Fills { get; init; }

    public required ImmutableArray<RoundTrip> RoundTrips { get; init; }

    /// <summary>One point per bar or sample, thinned to at most <see cref="CurvePointsMax"/> for the charts.</summary>
    public required ImmutableArray<CurvePoint> Curve { get; init; }

    /// <summary>Returns and drawdown of every bar or sample, which the figures are computed from; null in runs stored without.</summary>
    public EquityTrack? Track { get; init; }

    /// <summary>Number of bars or samples.</summary>
    public required long Steps { get; init; }

    /// <summary>Refused signals and risk rejections by code.</summary>
    public ImmutableSortedDictionary<string, int> Refusals { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Checks of the agent that the orders did not pass, such as risk limits; empty when they passed all.</summary>
    public ImmutableArray<string> NotChecked { get; init; } = [];

    /// <summary>Sentences for the reader, such as why the run stopped trading; empty for none.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>The combinations of parameters of which this is the best; null without a sweep.</summary>
    public SweepTable? Sweep { get; init; }

    /// <summary>Each instrument's part when several share the account; then fills and round trips are those of all of them.</summary>
    public ImmutableArray<InstrumentPart> Instruments { get; init; } = [];

    /// <summary>SHA-256 over all decisions as <c>DecisionHash</c> defines it; empty without decisions (bars).</summary>
    public string DecisionsHash { get; init; } = "";

    /// <summary>Profit of the closed round trips, after fees.</summary>
    public decimal RealizedPnl => RoundTrips.Sum(t => t.NetPnl);

    /// <summary>The trained model's window beside that of the run; null for a rule.</summary>
    public ModelWindow? ModelWindow { get; init; }

    public const int CurvePointsMax = 200_000;

    /// <summary>Name of the setting that says at which price orders are filled.</summary>
    public const string FillSetting = "fill";
}
