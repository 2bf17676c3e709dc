using System.Text;
using BenchmarkDotNet.Attributes;
using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Frames;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Venue frame → domain event. The frames have Binance's layout and usual lengths with made-up numbers; the depth
/// update holds 10 levels.
/// </summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private const int LevelsPerSide = 5;
    private static readonly Timestamp Received = Timestamp.FromUnixMilliseconds(1_700_000_000_500);

    private static readonly byte[] TradeFrame = Encoding.UTF8.GetBytes(
        """{"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000123,"s":"BTCUSDT","t":3700000042,"p":"61837.63000000","q":"0.02000000","T":1700000000120,"m":true,"M":true}}""");

    private static readonly byte[] QuoteFrame = Encoding.UTF8.GetBytes(
        """{"stream":"btcusdt@bookTicker","data":{"u":50000000212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}""");

    private static readonly byte[] DepthFrame = Encoding.UTF8.GetBytes(
        """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000200,"s":"BTCUSDT","U":50000000189,"u":50000000202,"b":["""
        + Levels(61_737)
        + "],\"a\":["
        + Levels(61_837)
        + "]}}");

    /// <summary>The same trade with its members in another order, as the fallback reads it.</summary>
    private static readonly byte[] ReorderedTradeFrame = Encoding.UTF8.GetBytes(
        """{"data":{"s":"BTCUSDT","e":"trade","E":1700000000123,"t":3700000042,"q":"0.02000000","p":"61837.63000000","T":1700000000120,"m":true,"M":true},"stream":"btcusdt@trade"}""");

    private readonly BinanceFrameParser _parser = new("BTCUSDT");

    [Benchmark(Baseline = true)]
    public long Trade() => Parse(TradeFrame);

    [Benchmark]
    public long Quote() => Parse(QuoteFrame);

    [Benchmark]
    public long DepthOf10Levels() => Parse(DepthFrame);

    [Benchmark]
    public long TradeInAnotherOrder() => Parse(ReorderedTradeFrame);

    private static string Levels(int price) => string.Join(
        ',', Enumerable.Range(0, LevelsPerSide).Select(i => $"[\"{price + i}.63000000\",\"{i}.54698000\"]"));

    private long Parse(byte[] frame)
    {
        if (_parser.Parse(frame, Received, 1, out MarketEvent marketEvent) != FrameOutcome.Event)
        {
            throw new InvalidOperationException(_parser.Reason);
        }

        return marketEvent.LastId;
    }
}
