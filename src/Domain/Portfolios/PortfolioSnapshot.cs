using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>A portfolio at an event time. All money is in <see cref="QuoteAsset"/>.</summary>
[GenerateSerializer, Immutable, Alias("PortfolioSnapshot")]
public sealed record PortfolioSnapshot
{
    [Id(0)] public required string Portfolio { get; init; }

    [Id(1)] public required string QuoteAsset { get; init; }

    [Id(2)] public required Timestamp EventTime { get; init; }

    [Id(3)] public required decimal Cash { get; init; }

    /// <summary>
    /// Cash plus all other balances at their marks. A balance without a mark counts as zero; <see cref="FeeAssets"/> states
    /// how much of the fees in such an asset is missing.
    /// </summary>
    [Id(4)] public required decimal Equity { get; init; }

    [Id(5)] public required decimal HighWaterMark { get; init; }

    /// <summary>Equity at the first mark of the UTC day of <see cref="EventTime"/>.</summary>
    [Id(6)] public required decimal DayStartEquity { get; init; }

    /// <summary>Gross profit of closed lots, before fees. <see cref="NetRealizedPnl"/> is after fees.</summary>
    [Id(7)] public required decimal RealizedPnl { get; init; }

    [Id(8)] public required decimal UnrealizedPnl { get; init; }

    /// <summary>All fees paid, converted at the mark of their time, except those still without a mark.</summary>
    [Id(9)] public required decimal Fees { get; init; }

    [Id(10)] public required int FillCount { get; init; }

    [Id(11)] public required ImmutableArray<PositionSnapshot> Positions { get; init; }

    /// <summary>Balance per asset.</summary>
    [Id(12)] public required ImmutableSortedDictionary<string, decimal> Balances { get; init; }

    /// <summary>
    /// Value of the opening balances: the quote balance, and each other balance at its first mark. <c>RealizedPnl +
    /// UnrealizedPnl − Fees = Equity − InitialEquity</c>, exactly.
    /// </summary>
    [Id(13)] public decimal InitialEquity { get; init; }

    /// <summary>Assets other than the traded ones in which fees were paid, and their valuation.</summary>
    [Id(14)] public ImmutableArray<FeeAsset> FeeAssets { get; init; } = [];

    /// <summary>Rest of the account; null when the whole account belongs to the portfolio.</summary>
    [Id(15)] public OutsideHoldings? Outside { get; init; }

    /// <summary>Increases with every fill, transfer and correction, but not with marks.</summary>
    [Id(16)] public long Revision { get; init; }

    /// <summary>Same value as <see cref="RealizedPnl"/>, with an explicit name.</summary>
    public decimal GrossRealizedPnl => RealizedPnl;

    /// <summary>Realised profit after all fees, including those of open positions.</summary>
    public decimal NetRealizedPnl => RealizedPnl - Fees;

    /// <summary>Fall below the high-water mark, 0…1.</summary>
    public decimal Drawdown => HighWaterMark > 0 ? Math.Max(0, 1 - (Equity / HighWaterMark)) : 0;

    public decimal DayPnl => Equity - DayStartEquity;

    public PositionSnapshot? Position(InstrumentId instrument) =>
        Positions.FirstOrDefault(p => p.Instrument == instrument);
}
