using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Features;

/// <summary>Shape of the ten best levels of each side at a sampling instant.</summary>
internal sealed class BookShape
{
    private const int Depth = 10;

    private readonly PriceLevel[] _bids = new PriceLevel[Depth];
    private readonly PriceLevel[] _asks = new PriceLevel[Depth];

    public void Write(ref FeatureWriter writer, OrderBook book, bool inSync)
    {
        var bids = inSync ? _bids.AsSpan(0, book.CopyTop(Side.Buy, _bids)) : [];
        var asks = inSync ? _asks.AsSpan(0, book.CopyTop(Side.Sell, _asks)) : [];
        if (bids.IsEmpty || asks.IsEmpty)
        {
            for (var i = 0; i < 8; i++)
            {
                writer.Add(double.NaN);
            }

            return;
        }

        var bid = bids[0].Price.ToDouble();
        var ask = asks[0].Price.ToDouble();
        var bidQuantity = bids[0].Quantity.ToDouble();
        var askQuantity = asks[0].Quantity.ToDouble();
        var mid = (bid + ask) / 2;
        var microprice = ((bid * askQuantity) + (ask * bidQuantity)) / (bidQuantity + askQuantity);
        var bidSlope = Slope(bids, mid);
        var askSlope = Slope(asks, mid);
        writer.Add(1e4 * (ask - bid) / mid);
        writer.Add(1e4 * (microprice - mid) / mid);
        writer.Add(Imbalance(bids, asks, 1));
        writer.Add(Imbalance(bids, asks, 5));
        writer.Add(Imbalance(bids, asks, Depth));
        writer.Add(bidSlope);
        writer.Add(askSlope);
        writer.Add(bidSlope + askSlope > 0 ? (askSlope - bidSlope) / (askSlope + bidSlope) : 0);
    }

    private static double Imbalance(ReadOnlySpan<PriceLevel> bids, ReadOnlySpan<PriceLevel> asks, int depth)
    {
        var bid = Sum(bids, depth);
        var ask = Sum(asks, depth);
        return (bid - ask) / (bid + ask);
    }

    private static double Sum(ReadOnlySpan<PriceLevel> levels, int depth)
    {
        var sum = 0.0;
        foreach (var level in levels[..Math.Min(depth, levels.Length)])
        {
            sum += level.Quantity.ToDouble();
        }

        return sum;
    }

    private static double Slope(ReadOnlySpan<PriceLevel> levels, double mid)
    {
        double distance = 0, quantity = 0;
        foreach (var level in levels)
        {
            var weight = level.Quantity.ToDouble();
            distance += weight * Math.Abs(level.Price.ToDouble() - mid);
            quantity += weight;
        }

        return 1e4 * distance / quantity / mid;
    }
}
