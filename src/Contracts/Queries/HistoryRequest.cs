namespace BtcAgent.Contracts.Queries;

/// <summary>Which rows of a data set to read.</summary>
public sealed record HistoryRequest
{
    /// <summary>Name of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Lowest event time; null for all.</summary>
    public Timestamp? From { get; init; }

    /// <summary>Event times before this one; null for all.</summary>
    public Timestamp? To { get; init; }

    /// <summary>Only this instrument's, <c>VENUE:SYMBOL</c>; null for all.</summary>
    public string? Instrument { get; init; }

    /// <summary>Only this portfolio's; null for all.</summary>
    public string? Portfolio { get; init; }

    /// <summary>Only this strategy's; null for all.</summary>
    public string? Strategy { get; init; }

    /// <summary>Maximum number of rows.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Oldest rows first instead of newest first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>With the whole record of each decision.</summary>
    public bool WithRecord { get; init; }

    /// <summary>Continues after the last row of a page; null for the first page.</summary>
    public string? Cursor { get; init; }

    public HistoryFormat Format { get; init; }
}
