using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>The settings of an agent that affect decisions: with the silo's settings, the decisions are the silo's.</summary>
public sealed record TapeBacktestOptions
{
    public required TradingRules Rules { get; init; }

    public string Portfolio { get; init; } = "main";

    /// <summary>Part of each decision's id.</summary>
    public string Strategy { get; init; } = "momentum";

    /// <summary>Balances by asset; at least the quote asset of <see cref="Rules"/>.</summary>
    public IReadOnlyDictionary<string, decimal> InitialBalances { get; init; } =
        new Dictionary<string, decimal> { ["USDT"] = 100_000 };

    public FeatureOptions Features { get; init; } = new();

    public SignalOptions Signals { get; init; } = new();

    public RiskLimits Limits { get; init; } = new();

    public SizingOptions Sizing { get; init; } = new();

    public PaperOptions Paper { get; init; } = new();

    /// <summary>Cost of the strategy's orders; missing fees are those of <see cref="Paper"/>.</summary>
    public PlacementOptions Placement { get; init; } = new();
}
