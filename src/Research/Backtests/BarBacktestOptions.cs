namespace BtcAgent.Research.Backtests;

/// <summary>Starting balances and costs of a backtest over bars. Money is in the quote asset.</summary>
public sealed record BarBacktestOptions
{
    /// <summary>Base asset of each position; above 0.</summary>
    public decimal Quantity { get; init; } = 0.001m;

    /// <summary>
    /// Fraction of equity in each position, as far as cash or inventory reach, in place of <see cref="Quantity"/>; above 0, at
    /// most 1. Default null.
    /// </summary>
    public decimal? Fraction { get; init; }

    /// <summary>True closes the position at a short signal, as on a spot account without the asset. Default false.</summary>
    public bool LongOnly { get; init; }

    /// <summary>Exits besides the rule's own. Default none.</summary>
    public ExitOptions Exits { get; init; } = ExitOptions.None;

    /// <summary>Fee in basis points of the notional; orders over bars always take liquidity.</summary>
    public decimal FeeBps { get; init; } = 10;

    /// <summary>Added to the price of buys and subtracted from that of sells, in basis points.</summary>
    public decimal SlippageBps { get; init; }

    public decimal Cash { get; init; } = 100_000;

    /// <summary>Base asset held at the start, from which short positions are sold.</summary>
    public decimal Base { get; init; }

    public FillAt Fill { get; init; } = FillAt.Close;

    public string QuoteAsset { get; init; } = "USDT";

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Check()
    {
        Exits.Check();
        if (Fraction is <= 0 or > 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"fraction must be above 0 and at most 1, not {Fraction}"));
        }

        if (decimal.Round(Quantity, 8) != Quantity)
        {
            throw new ArgumentException($"quantity has at most 8 decimals, not {Quantity}");
        }

        if (Quantity <= 0 || FeeBps is < 0 or > 10_000 || SlippageBps is < 0 or >= 10_000 || Cash < 0 || Base < 0)
        {
            throw new ArgumentException(
                $"quantity must be above 0, fee and slippage 0…10000 bps, cash and base 0 or more; not {Quantity}, {FeeBps}, {SlippageBps}, {Cash}, {Base}");
        }
    }
}
