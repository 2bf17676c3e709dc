using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Bars;

/// <summary>
/// Open, high, low, close and volume of the trades in <c>[OpenTime, OpenTime + Interval)</c>. An interval without trades
/// has the last close as all four prices, volume 0 and <see cref="IsEmpty"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("Bar")]
public readonly record struct Bar(
    [property: Id(0)] Timestamp OpenTime,
    [property: Id(1)] TimeSpan Interval,
    [property: Id(2)] Price Open,
    [property: Id(3)] Price High,
    [property: Id(4)] Price Low,
    [property: Id(5)] Price Close,
    [property: Id(6)] Quantity Volume,
    [property: Id(7)] Quantity BuyVolume,
    [property: Id(8)] decimal QuoteVolume,
    [property: Id(9)] int TradeCount)
{
    public Timestamp CloseTime => OpenTime + Interval;

    public bool IsEmpty => TradeCount == 0;

    internal void Save(StateWriter writer)
    {
        writer.Write(OpenTime);
        writer.Write(Interval);
        writer.Write(Open);
        writer.Write(High);
        writer.Write(Low);
        writer.Write(Close);
        writer.Write(Volume);
        writer.Write(BuyVolume);
        writer.Write(QuoteVolume);
        writer.Write(TradeCount);
    }

    internal static Bar Load(StateReader reader) => new(
        reader.ReadTimestamp(),
        reader.ReadTimeSpan(),
        reader.ReadPrice(),
        reader.ReadPrice(),
        reader.ReadPrice(),
        reader.ReadPrice(),
        reader.ReadQuantity(),
        reader.ReadQuantity(),
        reader.ReadDecimal(),
        reader.ReadInt());
}
