using System.Buffers;
using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Simulator.Markets;

namespace BtcAgent.Exchanges.Simulator.Streams;

/// <summary>
/// Writes stream messages with Binance spot's field names and order; amounts are strings with eight decimals.
/// </summary>
internal static class VenueMessages
{
    public static byte[] Trade(string symbol, in VenueTrade trade)
    {
        var (id, timeMs, price, quantity, buyerIsMaker) = trade;
        return Write(json =>
        {
            json.WriteString("e", "trade");
            json.WriteNumber("E", timeMs);
            json.WriteString("s", symbol);
            json.WriteNumber("t", id);
            json.WriteString("p", Text(price));
            json.WriteString("q", Text(quantity));
            json.WriteNumber("T", timeMs);
            json.WriteBoolean("m", buyerIsMaker);
            json.WriteBoolean("M", true);
        });
    }

    public static byte[] BookTicker(string symbol, long updateId, Quote top) =>
        Write(json =>
        {
            json.WriteNumber("u", updateId);
            json.WriteString("s", symbol);
            json.WriteString("b", Text(top.Bid));
            json.WriteString("B", Text(top.BidQuantity));
            json.WriteString("a", Text(top.Ask));
            json.WriteString("A", Text(top.AskQuantity));
        });

    public static byte[] Depth(string symbol, long timeMs, DepthChanges changes) => Write(json =>
    {
        json.WriteString("e", "depthUpdate");
        json.WriteNumber("E", timeMs);
        json.WriteString("s", symbol);
        json.WriteNumber("U", changes.FirstId);
        json.WriteNumber("u", changes.LastId);
        Levels(json, "b", changes.Bids.Select(l => (l.Key, l.Value)));
        Levels(json, "a", changes.Asks.Select(l => (l.Key, l.Value)));
    });

    public static byte[] Kline(string symbol, long timeMs, VenueKline kline, bool isClosed) => Write(json =>
    {
        json.WriteString("e", "kline");
        json.WriteNumber("E", timeMs);
        json.WriteString("s", symbol);
        json.WriteStartObject("k");
        json.WriteNumber("t", kline.OpenTimeMs);
        json.WriteNumber("T", kline.CloseTimeMs);
        json.WriteString("s", symbol);
        json.WriteString("i", "1m");
        json.WriteNumber("f", kline.FirstId);
        json.WriteNumber("L", kline.LastId);
        json.WriteString("o", Text(kline.Open));
        json.WriteString("c", Text(kline.Close));
        json.WriteString("h", Text(kline.High));
        json.WriteString("l", Text(kline.Low));
        json.WriteString("v", Text(kline.Volume));
        json.WriteNumber("n", kline.Trades);
        json.WriteBoolean("x", isClosed);
        json.WriteString("q", Text(kline.QuoteVolume));
        json.WriteString("V", Text(kline.TakerBuyVolume));
        json.WriteString("Q", Text(kline.TakerBuyQuoteVolume));
        json.WriteString("B", "0");
        json.WriteEndObject();
    });

    public static byte[] ReferencePrice(string symbol, Price? price, long timeMs) => Write(json =>
    {
        json.WriteString("e", "referencePrice");
        json.WriteString("s", symbol);
        json.WriteString("r", price is { } known ? Text(known) : null);
        json.WriteNumber("t", timeMs);
    });

    public static byte[] ServerShutdown(long timeMs) => Write(json => ServerShutdown(json, timeMs));

    public static void ServerShutdown(Utf8JsonWriter json, long timeMs)
    {
        json.WriteString("e", "serverShutdown");
        json.WriteNumber("E", timeMs);
    }

    public static void Levels(Utf8JsonWriter json, string name, IEnumerable<(Price Price, Quantity Quantity)> levels)
    {
        json.WriteStartArray(name);
        foreach (var (price, quantity) in levels)
        {
            json.WriteStartArray();
            json.WriteStringValue(Text(price));
            json.WriteStringValue(Text(quantity));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public static string Text(Price price) => Text(price.ToDecimal());

    public static string Text(Quantity quantity) => Text(quantity.ToDecimal());

    public static string Text(decimal amount) => amount.ToString("F8", CultureInfo.InvariantCulture);

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
