using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.MarketData;

/// <summary>A price and the total quantity that rests there; zero removes the level.</summary>
[GenerateSerializer, Immutable, Alias("PriceLevel")]
public readonly record struct PriceLevel([property: Id(0)] Price Price, [property: Id(1)] Quantity Quantity)
{
    internal void Save(StateWriter writer)
    {
        writer.Write(Price);
        writer.Write(Quantity);
    }

    internal static PriceLevel Load(StateReader reader) => new(reader.ReadPrice(), reader.ReadQuantity());
}
