using System.Globalization;
using System.Text;
using System.Text.Json;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Instruments;
using BtcAgent.Exchanges.Binance.Execution.Payloads;
using BtcAgent.Exchanges.Binance.Execution.Transport;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Tests.Execution;

/// <summary>
/// Mutated frames and bodies through the parsers of orders and user data: only their documented exceptions escape, and a
/// refused payload changes nothing. <c>BTCAGENT_FUZZ_COUNT</c> sets the number; a failure prints the seed.
/// </summary>
public sealed class FuzzTests
{
    private const int Seed = 20_261_123;
    private const int Smoke = 150_000;
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private static readonly byte[][] Samples =
    [
        """{"subscriptionId":0,"event":{"e":"executionReport","E":1616633041556,"s":"BTCUSDT","c":"a","S":"BUY","o":"LIMIT","f":"GTC","q":"1.00000000","p":"52436.85","P":"0.0","F":"0.0","g":-1,"C":"","x":"TRADE","X":"PARTIALLY_FILLED","r":"NONE","i":5341783271,"l":"0.10000000","z":"0.10000000","L":"52436.85000000","n":"0.00000029","N":"BTC","T":1616633041555,"t":726946523,"I":1,"w":false,"m":false,"M":true,"O":1616633041555,"Z":"14.9","Y":"14.9","Q":"0.0"}}"""u8.ToArray(),
        """{"e":"executionReport","E":1616633041556,"s":"BTCUSDT","c":"x","S":"SELL","o":"STOP_LOSS_LIMIT","f":"IOC","q":"0.5","p":"1.0","P":"2.0","F":"0.0","g":-1,"C":"a","x":"CANCELED","X":"CANCELED","r":"NONE","i":77,"l":"0.0","z":"0.1","L":"0.0","n":"0","N":null,"T":1616633041555,"t":-1,"I":1,"w":true,"m":false,"M":false,"O":1616633041550,"Z":"0.0","Y":"0.0","Q":"0.0"}"""u8.ToArray(),
        """{"e":"outboundAccountPosition","E":1,"u":1616628815745,"B":[{"a":"BTC","f":"0.00225109","l":"0.00123"},{"a":"USDT","f":"54.4","l":"0.0"}]}"""u8.ToArray(),
        """{"e":"balanceUpdate","E":1615926131286,"a":"USDT","d":"-1.00000000","T":1615926131285}"""u8.ToArray(),
        """{"symbol":"BTCUSDT","orderId":28,"orderListId":-1,"clientOrderId":"a","transactTime":1507725176595,"price":"0.0","origQty":"1.0","executedQty":"1.0","cummulativeQuoteQty":"10.0","status":"FILLED","timeInForce":"GTC","type":"MARKET","side":"BUY","fills":[{"price":"4000.0","qty":"1.0","commission":"4.0","commissionAsset":"USDT","tradeId":56}]}"""u8.ToArray(),
        """[{"symbol":"BTCUSDT","id":28457,"orderId":100234,"price":"4.00000100","qty":"12.0","commission":"10.1","commissionAsset":"BNB","time":1499865549590,"isBuyer":true,"isMaker":false}]"""u8.ToArray(),
        """{"balances":[{"asset":"BTC","free":"4723846.89208129","locked":"0.0"},{"asset":"LTC","free":"4763368.6","locked":"0.0"}]}"""u8.ToArray(),
        """{"code":-1013,"msg":"Filter failure: NOTIONAL"}"""u8.ToArray(),
        """{"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","orderTypes":["LIMIT","MARKET"],"filters":[{"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000.0","tickSize":"0.01"},{"filterType":"LOT_SIZE","minQty":"0.00001","maxQty":"9000.0","stepSize":"0.00001"},{"filterType":"NOTIONAL","minNotional":"5.0","applyMinToMarket":true,"maxNotional":"9000000.0","applyMaxToMarket":false,"avgPriceMins":5}]}]}"""u8.ToArray(),
    ];

    [Fact]
    public void MutatedPayloads_ThrowNothingElseAndRefusedOnesChangeNothing()
    {
        var count = Environment.GetEnvironmentVariable("BTCAGENT_FUZZ_COUNT") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Smoke;
        var random = new Random(Seed);
        var execution = Opened();
        var (read, refused) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var payload = Mutated(random);
            try
            {
                _ = Feed(payload, execution) ? read++ : refused++;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"payload {i} of seed {Seed} threw {e.GetType().Name}: {Encoding.UTF8.GetString(payload)}\n{e}");
            }

            if (i % 10_000 == 0)
            {
                var booked = execution.PendingFills.ToLookup(fill => fill.ClientOrderId);
                Assert.All(execution.RecentOrders, order => Assert.Equal(
                    booked[order.Intent.ClientOrderId].Aggregate(Quantity.Zero, (sum, fill) => sum + fill.Quantity), order.FilledQuantity));
                execution = Opened(); // Small again, whatever was adopted.
            }
        }

        Assert.True(read > count / 100, $"{read} of {count} could be read: the mutations are too wild");
        Assert.True(refused > count / 100, $"{refused} of {count} were refused: the mutations are too tame");
    }

    /// <returns>True when a parser could read it.</returns>
    private static bool Feed(byte[] payload, LiveExecution execution)
    {
        var version = execution.Version;
        var wasRead = UserEventParser.TryRead(payload, out var userEvent, out var problem);
        Assert.Equal(wasRead, problem is null);
        if (wasRead && userEvent!.Order is { } order)
        {
            execution.Receive(order.Report);
        }
        else
        {
            Assert.Equal(version, execution.Version);
        }

        return wasRead | Answers(payload) | Info(payload);
    }

    private static bool Answers(byte[] payload)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(payload);
        }
        catch (JsonException)
        {
            return false;
        }

        ErrorBody.Read(json);
        return Reads(() => OrderPayloads.ReadPlaced(json, Btc)) | Reads(() => OrderPayloads.ReadTrades(json))
            | Reads(() => OrderPayloads.ReadBalances(json)) | Reads(() => OrderPayloads.ReadCanceled(json, Btc));
    }

    private static bool Info(byte[] payload)
    {
        try
        {
            return ExchangeInfo.Read(payload, Btc).Instrument == Btc;
        }
        catch (MarketFeedException e)
        {
            return e.Message.Length == 0;
        }
    }

    private static bool Reads<T>(Func<T> read)
    {
        try
        {
            read();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] Mutated(Random random)
    {
        var bytes = Samples[random.Next(Samples.Length)].ToList();
        for (var times = random.Next(4); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes[at] = (byte)"0123456789.-eE\"{}[],:"[random.Next(21)];
                    break;
                default:
                    var other = Samples[random.Next(Samples.Length)];
                    bytes.InsertRange(at, other.Take(random.Next(other.Length)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static LiveExecution Opened()
    {
        var execution = new LiveExecution("paper", new TradingRules
        {
            Instrument = Btc,
            BaseAsset = "BTC",
            QuoteAsset = "USDT",
            TickSize = Price.Parse("0.01"),
            LotSize = Quantity.Parse("0.00001"),
            MinQuantity = Quantity.Parse("0.00001"),
            MaxQuantity = Quantity.Parse("9000"),
            MinNotional = 5,
        });
        execution.OpenAt(0);
        return execution;
    }
}
