using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.MarketData;

/// <summary>Best bid and ask. Unknown sides have price zero.</summary>
[GenerateSerializer, Immutable, Alias("Quote")]
public readonly record struct Quote(
    [property: Id(0)] Price Bid,
    [property: Id(1)] Quantity BidQuantity,
    [property: Id(2)] Price Ask,
    [property: Id(3)] Quantity AskQuantity)
{
    public bool IsTwoSided => !Bid.IsZero && !Ask.IsZero;

    public bool IsCrossed => IsTwoSided && Bid >= Ask;

    /// <summary>Mean of bid and ask, exact.</summary>
    public decimal Mid => (Bid.ToDecimal() + Ask.ToDecimal()) / 2;

    /// <summary>The mid in units of 1e-8, rounded down.</summary>
    public Price MidPrice => Price.FromUnits((Bid.Units / 2) + (Ask.Units / 2) + (((Bid.Units % 2) + (Ask.Units % 2)) / 2));

    /// <summary>Spread over mid, in basis points; NaN when one side is unknown.</summary>
    public double SpreadBps =>
        IsTwoSided ? 2e4 * (Ask.ToDouble() - Bid.ToDouble()) / (Ask.ToDouble() + Bid.ToDouble()) : double.NaN;

    internal void Save(StateWriter writer)
    {
        writer.Write(Bid);
        writer.Write(BidQuantity);
        writer.Write(Ask);
        writer.Write(AskQuantity);
    }

    internal static Quote Load(StateReader reader) =>
        new(reader.ReadPrice(), reader.ReadQuantity(), reader.ReadPrice(), reader.ReadQuantity());
}
