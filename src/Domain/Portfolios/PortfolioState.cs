using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// The state that a <see cref="PortfolioLedger"/> needs to continue after a restart. Money is in <see cref="QuoteAsset"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("PortfolioState")]
public sealed record PortfolioState
{
    [Id(0)] public required string Portfolio { get; init; }

    [Id(1)] public required string QuoteAsset { get; init; }

    [Id(2)] public required Timestamp EventTime { get; init; }

    [Id(3)] public required ImmutableSortedDictionary<string, decimal> Balances { get; init; }

    [Id(4)] public required ImmutableArray<PositionState> Positions { get; init; }

    [Id(5)] public required decimal InitialEquity { get; init; }

    [Id(6)] public required decimal HighWaterMark { get; init; }

    [Id(7)] public required decimal DayStartEquity { get; init; }

    /// <summary>UTC day of the last mark, counted from the epoch; null before the first.</summary>
    [Id(8)] public required long? Day { get; init; }

    [Id(9)] public required decimal Fees { get; init; }

    /// <summary>Fees paid in assets that have no mark yet, by asset.</summary>
    [Id(10)] public required ImmutableSortedDictionary<string, decimal> UnvaluedFees { get; init; }

    [Id(11)] public required int FillCount { get; init; }

    /// <summary>
    /// Keys of applied fills without a number, and of transfers in states older than <see cref="AppliedTransfers"/>.
    /// </summary>
    [Id(12)] public required ImmutableArray<string> AppliedFills { get; init; }

    [Id(13)] public required ImmutableArray<EquityPoint> EquityCurve { get; init; }

    /// <summary>Least time between two points of the curve, in milliseconds.</summary>
    [Id(14)] public required long EquityIntervalMs { get; init; }

    /// <summary>
    /// Fees paid in assets other than the quote and the traded base, by asset; null in states stored by older versions.
    /// </summary>
    [Id(15)] public ImmutableSortedDictionary<string, decimal>? FeesPaid { get; init; }

    /// <summary>
    /// Rest of the account; null when the whole account belongs to the portfolio, and in states stored by older versions.
    /// </summary>
    [Id(16)] public OutsideHoldings? Outside { get; init; }

    /// <inheritdoc cref="PortfolioSnapshot.Revision"/>
    [Id(17)] public long Revision { get; init; }

    /// <summary>Ids of the last booked transfers, oldest first.</summary>
    [Id(20)] public ImmutableArray<string> AppliedTransfers { get; init; } = [];

    /// <summary>Number of the last booked fill by instrument: fills up to it are not booked again.</summary>
    [Id(21)]
    public ImmutableSortedDictionary<string, long> BookedTo { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
}
