namespace BtcAgent.Research.Backtests;

/// <summary>Exits of a position besides the strategy's own, as fractions of its entry price; null for none.</summary>
public sealed record ExitOptions
{
    public static ExitOptions None { get; } = new();

    /// <summary>Loss at which the position is closed, above 0 and below 1.</summary>
    public decimal? StopLoss { get; init; }

    /// <summary>Gain at which the position is closed, above 0.</summary>
    public decimal? TakeProfit { get; init; }

    /// <summary>Fall from the best price since the entry at which the position is closed, above 0 and below 1.</summary>
    public decimal? TrailingStop { get; init; }

    /// <summary>Gain from which on the trailing stop applies, 0 or more. Default 0: from the entry on.</summary>
    public decimal TrailingOffset { get; init; }

    public bool HasAny => StopLoss is not null || TakeProfit is not null || TrailingStop is not null;

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Check()
    {
        Within("stop-loss", StopLoss, below: 1);
        Within("take-profit", TakeProfit, below: 1_000);
        Within("trailing-stop", TrailingStop, below: 1);
        if (TrailingOffset is < 0 or >= 1_000 || (TrailingOffset > 0 && TrailingStop is null))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"trailing-offset must be 0 or more and needs a trailing-stop, not {TrailingOffset}"));
        }
    }

    private static void Within(string name, decimal? value, decimal below)
    {
        if (value is { } given && (given <= 0 || given >= below))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{name} must be above 0 and below {below} as a fraction of the entry price, not {given}: 2 % is 0.02 or 2%"));
        }
    }
}
