using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Tests.Features;

/// <summary>The engine's running sums against sums over all raw events, computed again at each sample.</summary>
public sealed class NaiveFeatureTests
{
    private static readonly List<SyntheticFeed.Step> Feed = SyntheticFeed.Make(7, 12_000);
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());
    private static readonly List<FeatureSample> Samples = SyntheticFeed.Run(SyntheticFeed.Pipeline(), Feed);

    [Fact]
    public void Flows_RandomMarket_EqualSumsOverRawEvents()
    {
        foreach (var sample in Samples.Where((_, i) => i % 5 == 0))
        {
            foreach (var seconds in new[] { 1, 5, 15, 60 })
            {
                var from = sample.EventTime - TimeSpan.FromSeconds(seconds);
                var whole = from > FirstTime().RoundDownTo(TimeSpan.FromMilliseconds(100));
                double net = 0, gross = 0, buy = 0, sell = 0;
                var count = 0;
                Quote last = default;
                var clock = Timestamp.Unknown;
                foreach (var (e, _) in Feed.TakeWhile(s => s.Event.Sequence <= sample.LastSequence))
                {
                    clock = e.EventTime > clock ? e.EventTime : clock;
                    if (e.Kind == MarketEventKind.Quote)
                    {
                        var flow = last.IsTwoSided && clock >= from ? OrderFlow(last, e.Quote) : 0;
                        net += flow;
                        gross += Math.Abs(flow);
                        last = e.Quote;
                    }
                    else if (e.Kind == MarketEventKind.Trade && clock >= from)
                    {
                        count++;
                        buy += e.Aggressor == Side.Buy ? e.Quantity.ToDouble() : 0;
                        sell += e.Aggressor == Side.Sell ? e.Quantity.ToDouble() : 0;
                    }
                }

                AssertValue(sample, $"ofi_{seconds}s", whole ? Ratio(net, gross) : double.NaN);
                AssertValue(sample, $"tfi_{seconds}s", whole ? Ratio(buy - sell, buy + sell) : double.NaN);
                if (seconds is 5 or 60)
                {
                    AssertValue(sample, $"trade_intensity_{seconds}s", whole ? (double)count / seconds : double.NaN);
                }
            }
        }
    }

    [Fact]
    public void MidFeatures_RandomMarket_EqualOrdinaryRecomputation()
    {
        foreach (var sample in Samples.Where((_, i) => i % 5 == 0))
        {
            var (mids, volumes) = Seconds(sample);
            AssertValue(sample, "mid_return_1s", Return(mids, 1));
            AssertValue(sample, "mid_return_5s", Return(mids, 5));
            AssertValue(sample, "mid_return_30s", Return(mids, 30));
            AssertValue(sample, "realized_vol_30s", Volatility(mids, 30));
            AssertValue(sample, "realized_vol_120s", Volatility(mids, 120));
            AssertValue(sample, "kyle_lambda", Lambda(mids, volumes, 60));
        }
    }

    [Fact]
    public void Vpin_RandomMarket_EqualsBucketsOfAllTrades()
    {
        foreach (var sample in Samples.Where((_, i) => i % 5 == 0))
        {
            var signs = Feed.TakeWhile(s => s.Event.Sequence <= sample.LastSequence)
                .Where(s => s.Event.Kind == MarketEventKind.Trade)
                .SelectMany(s => Enumerable.Repeat(
                    s.Event.Aggressor == Side.Buy ? 1 : -1, (int)(s.Event.Quantity.Units / 1_000_000)));
            var buckets = signs.Chunk(200).Where(c => c.Length == 200).Select(c => Math.Abs(c.Sum()) / 200.0).ToArray();
            AssertValue(sample, "vpin", buckets.Length < 50 ? double.NaN : buckets[^50..].Average());
        }
    }

    [Fact]
    public void BookShape_RandomMarket_EqualsTheNaiveBook()
    {
        var (bids, asks) = (new SortedDictionary<decimal, double>(), new SortedDictionary<decimal, double>());
        var at = 0;
        foreach (var sample in Samples)
        {
            for (; at < Feed.Count && Feed[at].Event.Sequence <= sample.LastSequence; at++)
            {
                for (var i = 0; i < Feed[at].Levels.Length; i++)
                {
                    var level = Feed[at].Levels[i];
                    (i < Feed[at].Event.BidCount ? bids : asks)[level.Price.ToDecimal()] = level.Quantity.ToDouble();
                }
            }

            var (b, a) = (bids.Reverse().Take(10).ToArray(), asks.Take(10).ToArray());
            var mid = (double)(b[0].Key + a[0].Key) / 2;
            var micro = (((double)b[0].Key * a[0].Value) + ((double)a[0].Key * b[0].Value)) / (b[0].Value + a[0].Value);
            AssertValue(sample, "spread_bps", 1e4 * (double)(a[0].Key - b[0].Key) / mid);
            AssertValue(sample, "microprice_bps", 1e4 * (micro - mid) / mid);
            foreach (var n in new[] { 1, 5, 10 })
            {
                var (x, y) = (b.Take(n).Sum(l => l.Value), a.Take(n).Sum(l => l.Value));
                AssertValue(sample, $"imbalance_{n}", (x - y) / (x + y));
            }

            var (bidSlope, askSlope) = (Slope(b), Slope(a));
            AssertValue(sample, "queue_slope_bid", bidSlope);
            AssertValue(sample, "queue_slope_ask", askSlope);
            AssertValue(sample, "queue_slope_skew", (askSlope - bidSlope) / (askSlope + bidSlope));

            double Slope(KeyValuePair<decimal, double>[] levels) =>
                1e4 * levels.Sum(l => l.Value * Math.Abs((double)l.Key - mid)) / levels.Sum(l => l.Value) / mid;
        }
    }

    private static Timestamp FirstTime() => Feed.First(s => s.Event.EventTime.IsKnown).Event.EventTime;

    private static double OrderFlow(Quote before, Quote after)
    {
        var flow = 0.0;
        flow += after.Bid >= before.Bid ? after.BidQuantity.ToDouble() : 0;
        flow -= after.Bid <= before.Bid ? before.BidQuantity.ToDouble() : 0;
        flow -= after.Ask <= before.Ask ? after.AskQuantity.ToDouble() : 0;
        return flow + (after.Ask >= before.Ask ? before.AskQuantity.ToDouble() : 0);
    }

    /// <summary>Log mid at each whole second (NaN before the first quote) and signed volume of the second before it.</summary>
    private static (double[] LogMids, double[] Volumes) Seconds(FeatureSample sample)
    {
        var first = FirstTime().UnixNanoseconds / Timestamp.NanosecondsPerSecond;
        var length = (int)((sample.EventTime.UnixNanoseconds / Timestamp.NanosecondsPerSecond) - first) + 1;
        var (mids, volumes) = (new double[length], new double[length]);
        Array.Fill(mids, double.NaN);
        var clock = FirstTime();
        foreach (var (e, _) in Feed.TakeWhile(s => s.Event.Sequence <= sample.LastSequence))
        {
            clock = e.EventTime > clock ? e.EventTime : clock;
            var next = (int)((clock.UnixNanoseconds / Timestamp.NanosecondsPerSecond) - first) + 1;
            if (e.Kind == MarketEventKind.Quote)
            {
                Array.Fill(mids, Math.Log((e.Price.ToDouble() + e.AskPrice.ToDouble()) / 2), next, length - next);
            }
            else if (e.Kind == MarketEventKind.Trade)
            {
                volumes[next] += (e.Aggressor == Side.Buy ? 1 : -1) * e.Quantity.ToDouble();
            }
        }

        return (mids, volumes);
    }

    private static double Return(double[] mids, int seconds) =>
        mids.Length > seconds ? 1e4 * (mids[^1] - mids[^(seconds + 1)]) : double.NaN;

    private static double[] Returns(double[] mids, int seconds) => mids.Length <= seconds
        ? [double.NaN]
        : [.. Enumerable.Range(1, seconds).Select(i => 1e4 * (mids[^i] - mids[^(i + 1)]))];

    private static double Volatility(double[] mids, int seconds) =>
        Math.Sqrt(Returns(mids, seconds).Average(r => r * r));

    private static double Lambda(double[] mids, double[] volumes, int seconds)
    {
        var y = Returns(mids, seconds);
        if (double.IsNaN(y.Sum()))
        {
            return double.NaN;
        }

        var x = Enumerable.Range(1, seconds).Select(i => volumes[^i]).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private static void AssertValue(FeatureSample sample, string name, double expected)
    {
        var actual = sample.Values[Schema.IndexOf(name)];
        var same = double.IsNaN(expected)
            ? float.IsNaN(actual)
            : Math.Abs(actual - expected) <= 1e-5 * Math.Max(0.1, Math.Abs(expected));
        Assert.True(same, $"{name} at {sample.EventTime}: expected {expected:R}, got {actual:R}");
    }
}
