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
    /// Cash plus all other balances at their marks. Balances without one count as nothing; of fees in such an asset
    /// <see cref="FeeAssets"/> says how much is missing.
    /// </summary>
    [Id(4)] public required decimal Equity { get; init; }

    [Id(5)] public required decimal HighWaterMark { get; init; }

    /// <summary>Equity at the first mark of the UTC day of <see cref="EventTime"/>.</summary>
    [Id(6)] public required decimal DayStartEquity { get; init; }

    /// <summary>Gross: of closed lots at their prices, before fees. <see cref="NetRealizedPnl"/> is after them.</summary>
    [Id(7)] public required decimal RealizedPnl { get; init; }

    [Id(8)] public required decimal UnrealizedPnl { get; init; }

    /// <summary>All fees paid, converted at the mark of their time, but those still without one.</summary>
    [Id(9)] public required decimal Fees { get; init; }

    [Id(10)] public required int FillCount { get; init; }

    [Id(11)] public required ImmutableArray<PositionSnapshot> Positions { get; init; }

    /// <summary>Balance per asset.</summary>
    [Id(12)] public required ImmutableSortedDictionary<string, decimal> Balances { get; init; }

    /// <summary>
    /// Worth of what the portfolio started with: quote balance, and each other balance at its first mark.
    /// <c>RealizedPnl + UnrealizedPnl − Fees = Equity − InitialEquity</c>, exactly.
    /// </summary>
    [Id(13)] public decimal InitialEquity { get; init; }

    /// <summary>Assets beside the traded ones that fees were paid in, and how well they can be valued.</summary>
    [Id(14)] public ImmutableArray<FeeAsset> FeeAssets { get; init; } = [];

    /// <summary>Rest of the account; null when all of it is the portfolio's.</summary>
    [Id(15)] public OutsideHoldings? Outside { get; init; }

    /// <summary>Grows with every fill, transfer and correction, not with marks.</summary>
    [Id(16)] public long Revision { get; init; }

    /// <summary>The same as <see cref="RealizedPnl"/>, under a name that says so.</summary>
    public decimal GrossRealizedPnl => RealizedPnl;

    /// <summary>Realised profit after all fees, those of positions still open included.</summary>
    public decimal NetRealizedPnl => RealizedPnl - Fees;

    /// <summary>0…1 below the high-water mark.</summary>
    public decimal Drawdown => HighWaterMark > 0 ? Math.Max(0, 1 - (Equity / HighWaterMark)) : 0;

    public decimal DayPnl => Equity - DayStartEquity;

    public PositionSnapshot? Position(InstrumentId instrument) =>
        Positions.FirstOrDefault(p => p.Instrument == instrument);
}
