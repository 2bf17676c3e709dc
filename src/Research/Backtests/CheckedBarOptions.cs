using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>Money, costs and rules of a backtest over bars that passes all checks of the agent. Money is in the quote asset.</summary>
public sealed record CheckedBarOptions
{
    /// <summary>Fee of each fill, in basis points of the notional.</summary>
    public decimal FeeBps { get; init; } = 10;

    /// <summary>Added to the price of buys and subtracted from that of sells, in basis points; then rounded to the tick.</summary>
    public decimal SlippageBps { get; init; }

    public decimal Cash { get; init; } = 100_000;

    /// <summary>Base asset at the start; part of the position, as in the agent.</summary>
    public decimal Base { get; init; }

    public FillAt Fill { get; init; } = FillAt.Close;

    /// <summary>Exits besides the strategy's own. Default none.</summary>
    public ExitOptions Exits { get; init; } = ExitOptions.None;

    public RiskLimits Limits { get; init; } = new();

    public SizingOptions Sizing { get; init; } = new();

    public SignalOptions Signals { get; init; } = new();

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Check()
    {
        Exits.Check();
        if (FeeBps is < 0 or > 1_000 || SlippageBps is < 0 or >= 10_000 || Cash < 0 || Base < 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"fee must be 0…1000 bps, slippage 0…10000 bps, cash and base 0 or more; not {FeeBps}, {SlippageBps}, {Cash}, {Base}"));
        }
    }
}
