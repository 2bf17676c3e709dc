using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Features;

/// <summary>A seeded market: a snapshot, then trades, quotes and book deltas at random times in order.</summary>
internal static class SyntheticFeed
{
    public sealed record Step(MarketEvent Event, PriceLevel[] Levels);

    public static List<Step> Make(int seed, int events, int meanGapMs = 40)
    {
        var random = new Random(seed);
        var steps = new List<Step>();
        var (mid, time, updateId) = (50_000_00L, 0.0, 100L);
        var book = Enumerable.Range(1, 12).Select(i => Level(mid - (i * 10), 100 + i))
            .Concat(Enumerable.Range(1, 12).Select(i => Level(mid + (i * 10), 200 + i))).ToArray();
        Add(new MarketEvent { Kind = MarketEventKind.BookSnapshot, LastId = updateId, BidCount = 12, AskCount = 12 }, book);
        while (steps.Count < events)
        {
            time += random.NextDouble() * 2 * meanGapMs;
            switch (random.Next(3))
            {
                case 0:
                    Add(Trade(time, mid + random.Next(-5, 6), random.Next(1, 60), random.Next(2) == 0), []);
                    break;
                case 1:
                    mid += random.Next(-3, 4);
                    Add(Quote(mid - 1 - random.Next(3), random.Next(1, 90), mid + 1 + random.Next(3), random.Next(1, 90)), []);
                    break;
                default:
                    updateId++;
                    var offset = random.Next(1, 13) * 10;
                    Add(
                        new MarketEvent
                        {
                            Kind = MarketEventKind.BookDelta,
                            EventTime = OrderFixture.At(time),
                            FirstId = updateId,
                            LastId = updateId,
                            BidCount = 1,
                            AskCount = 1,
                        },
                        [Level(50_000_00 - offset, random.Next(1, 300)), Level(50_000_00 + offset, random.Next(1, 300))]);
                    break;
            }
        }

        return steps;

        void Add(MarketEvent e, PriceLevel[] levels) =>
            steps.Add(new Step(e with { Sequence = steps.Count + 1, ReceiveTime = OrderFixture.At(time) }, levels));
    }

    public static MarketEvent Trade(double atMs, long cents, int hundredths, bool buy, long sequence = 0) => new()
    {
        Kind = MarketEventKind.Trade,
        Sequence = sequence,
        EventTime = OrderFixture.At(atMs),
        Price = Price.FromUnits(cents * 1_000_000),
        Quantity = Quantity.FromUnits(hundredths * 1_000_000L),
        Aggressor = buy ? Side.Buy : Side.Sell,
    };

    public static MarketEvent Quote(long bidCents, int bidHundredths, long askCents, int askHundredths, long sequence = 0) => new()
    {
        Kind = MarketEventKind.Quote,
        Sequence = sequence,
        Price = Price.FromUnits(bidCents * 1_000_000),
        Quantity = Quantity.FromUnits(bidHundredths * 1_000_000L),
        AskPrice = Price.FromUnits(askCents * 1_000_000),
        AskQuantity = Quantity.FromUnits(askHundredths * 1_000_000L),
    };

    public static PriceLevel Level(long cents, int hundredths) =>
        new(Price.FromUnits(cents * 1_000_000), Quantity.FromUnits(hundredths * 1_000_000L));

    public static List<FeatureSample> Run(FeaturePipeline pipeline, IEnumerable<Step> steps)
    {
        var samples = new List<FeatureSample>();
        foreach (var step in steps)
        {
            if (pipeline.TrySample(step.Event, out var sample))
            {
                samples.Add(sample);
            }

            pipeline.Apply(step.Event, step.Levels);
        }

        return samples;
    }

    public static FeaturePipeline Pipeline(FeatureOptions? options = null) => new(OrderFixture.Btc, options ?? new());
}
