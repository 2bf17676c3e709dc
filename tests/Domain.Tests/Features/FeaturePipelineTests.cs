using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Tests.Orders;
using BtcAgent.Testing;

namespace BtcAgent.Domain.Tests.Features;

public sealed class FeaturePipelineTests
{
    [Fact]
    public void Run_SameEvents_GivesTheSameSamples()
    {
        var feed = SyntheticFeed.Make(3, 3_000);

        AssertSame(SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed), SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_FutureChanged_PastSamplesStay(int seed)
    {
        var feed = SyntheticFeed.Make(seed, 3_000);
        var cut = 1_500 + (seed * 37);
        var all = SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed);
        var past = SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed.Take(cut));
        var changed = SyntheticFeed.Run(
            SyntheticFeed.Pipeline(),
            feed.Select((s, i) => i < cut
                ? s
                : s with { Event = s.Event with { Quantity = Quantity.Parse("7"), Aggressor = Side.Buy } }));

        AssertSame(past, [.. all.Take(past.Count)]);
        AssertSame(past, [.. changed.Take(past.Count)]);
        Assert.NotEqual(Bits(all[^1]), Bits(changed[^1]));
    }

    [Fact]
    public void Run_LongFeed_WarmsUpAndEveryKnownFeatureHasAValue()
    {
        var pipeline = SyntheticFeed.Pipeline();
        var samples = SyntheticFeed.Run(pipeline, SyntheticFeed.Make(4, 12_000));
        var warm = samples.FindIndex(s => s.IsWarm);

        Assert.InRange(warm, 119, samples.Count - 1);
        foreach (var sample in samples.Skip(warm))
        {
            for (var i = 0; i < pipeline.Schema.Count; i++)
            {
                var definition = pipeline.Schema.Definitions[i];
                Assert.True(
                    float.IsNaN(sample.Values[i]) == (definition.Group is FeatureGroup.Sentiment or FeatureGroup.Economy), definition.Name);
            }
        }
    }

    [Fact]
    public void TrySample_EventAtOrPastTheInstant_StampsAndCountsSkipped()
    {
        var pipeline = SyntheticFeed.Pipeline();

        var samples = SyntheticFeed.Run(pipeline, Trades(500, 999, 1_000, 1_999, 2_000, 5_700));

        Assert.Equal([1_000, 2_000, 5_000], samples.Select(s => (s.EventTime - OrderFixture.Start).TotalMilliseconds));
        Assert.Equal([0, 0, 2], samples.Select(s => s.InstantsSkipped));
        Assert.Equal([2L, 4L, 5L], samples.Select(s => s.LastSequence));
        Assert.Equal([999, 1_999, 2_000], samples.Select(s => (s.LastEventTime - OrderFixture.Start).TotalMilliseconds));
        Assert.Equal(3, pipeline.Counters.Samples);
    }

    [Fact]
    public void TrySample_ManyBars_GivesEachClosedBarOnce()
    {
        var options = new FeatureOptions { SampleIntervalMs = 3_000 };
        var samples = SyntheticFeed.Run(SyntheticFeed.Pipeline(options), SyntheticFeed.Make(9, 3_000));

        var opens = samples.SelectMany(s => s.ClosedBars).Select(b => b.OpenTime.UnixMilliseconds).ToArray();

        Assert.Equal(Enumerable.Range(0, opens.Length).Select(i => opens[0] + (i * 1_000L)), opens);
        Assert.All(samples, s => Assert.Equal(s.EventTime, s.ClosedBars[^1].CloseTime));
    }

    [Fact]
    public void Apply_RepeatsHolesAndBackwardTimes_AreCounted()
    {
        var features = new FeatureStream(SyntheticFeed.Pipeline(), new InstrumentStream());
        foreach (var (sequence, ms) in new[] { (1L, 100.0), (2, 200), (2, 200), (1, 100), (5, 150), (6, 300) })
        {
            var trade = SyntheticFeed.Trade(ms, 50_000_00, 1, true, sequence);
            if (features.Takes(in trade, out _))
            {
                features.Apply(in trade, []);
            }
        }

        var counters = features.Counters;
        Assert.Equal((4, 4, 2), (counters.Events, counters.Trades, counters.Duplicates));
        Assert.Equal((2, 1, 0), (counters.SequenceHoles, counters.TimesBackwards, counters.LateTrades));
    }

    [Fact]
    public void Apply_Interrupted_ForgetsBookQuotesAndReturns()
    {
        var feed = SyntheticFeed.Make(5, 4_000);
        var pipeline = SyntheticFeed.Pipeline();
        var before = SyntheticFeed.Run(pipeline, feed)[^1];
        var (sequence, ms) = ((long)feed.Count, (feed[^1].Event.ReceiveTime - OrderFixture.Start).TotalMilliseconds);

        pipeline.Apply(new MarketEvent { Kind = MarketEventKind.FeedInterrupted, Sequence = ++sequence }, []);
        pipeline.Apply(SyntheticFeed.Quote(60_000_00, 1, 60_001_00, 1, ++sequence), []);
        Assert.True(pipeline.TrySample(SyntheticFeed.Trade(ms + 1_000, 60_000_00, 1, true, ++sequence), out var after));

        Assert.False(float.IsNaN(Value(pipeline, before, "mid_return_1s")));
        foreach (var name in new[] { "mid_return_1s", "realized_vol_30s", "ofi_5s", "spread_bps" })
        {
            Assert.True(float.IsNaN(Value(pipeline, after, name)), name);
        }

        Assert.True(before.BookInSync && !after.BookInSync && !after.IsWarm);
        Assert.Equal(Price.Parse("60000"), after.Quote.Bid);
        Assert.Equal(1, pipeline.Counters.Interruptions);
    }

    [Fact]
    public void Reset_NewEpoch_TakesSequencesFromOneAndKeepsCounters()
    {
        var feed = SyntheticFeed.Make(5, 500);
        var pipeline = SyntheticFeed.Pipeline();
        SyntheticFeed.Run(pipeline, feed);

        pipeline.Reset();
        Assert.False(pipeline.Synchronizer.IsInSync);
        SyntheticFeed.Run(pipeline, feed);

        Assert.True(pipeline.Synchronizer.IsInSync);
        Assert.Equal((1_000, 2), (pipeline.Counters.Events, pipeline.Counters.Snapshots));
    }

    [Fact]
    public void Apply_SteadyState_AllocatesNothing()
    {
        var feed = SyntheticFeed.Make(6, 5_000, meanGapMs: 0);
        var pipeline = SyntheticFeed.Pipeline();
        var split = 4_000;
        foreach (var step in feed.Take(split))
        {
            pipeline.Apply(step.Event, step.Levels);
        }

        Assert.Equal(0, Allocations.Least(round =>
        {
            for (var i = split + (300 * round); i < split + (300 * (round + 1)); i++)
            {
                pipeline.Apply(feed[i].Event, feed[i].Levels);
            }
        }));
    }

    private static IEnumerable<SyntheticFeed.Step> Trades(params double[] times) =>
        times.Select((ms, i) => new SyntheticFeed.Step(SyntheticFeed.Trade(ms, 50_000_00, 1, true, i + 1), []));

    private static float Value(FeaturePipeline pipeline, FeatureSample sample, string name) =>
        sample.Values[pipeline.Schema.IndexOf(name)];

    private static int[] Bits(FeatureSample sample) => [.. sample.Values.Select(BitConverter.SingleToInt32Bits)];

    private static void AssertSame(List<FeatureSample> expected, List<FeatureSample> actual)
    {
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (a, b) in expected.Zip(actual))
        {
            Assert.Equal(Bits(a), Bits(b));
            Assert.Equal((a.EventTime, a.LastSequence, a.Quote), (b.EventTime, b.LastSequence, b.Quote));
            Assert.Equal(a.ClosedBars.AsEnumerable(), b.ClosedBars);
        }
    }
}
