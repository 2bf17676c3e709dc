namespace BtcAgent.Research.Bars;

/// <summary>The treatment of rows that are not one regular bar each; each is counted and reported.</summary>
public sealed record BarPolicy
{
    /// <summary>Interval of the bars; default null, the most frequent step between rows.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>True for bars of one calendar month. Default false; monthly bars are also recognised.</summary>
    public bool Monthly { get; init; }

    /// <summary>How times are written, as <c>--time-format</c> gives it; default null, found from the first rows.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Rows without any price: no trade in the interval, or NaN. Default skip.</summary>
    public RowPolicy EmptyRows { get; init; } = RowPolicy.Skip;

    /// <summary>Rows with an invalid value. Default refuse.</summary>
    public RowPolicy BadRows { get; init; } = RowPolicy.Refuse;

    /// <summary>Rows with the same time, also of different files. Default refuse.</summary>
    public RepeatPolicy Repeats { get; init; } = RepeatPolicy.Refuse;

    /// <summary>Bars off the grid of the interval, or cut short by the next one. Default keep.</summary>
    public IrregularPolicy Irregular { get; init; } = IrregularPolicy.Keep;
}
