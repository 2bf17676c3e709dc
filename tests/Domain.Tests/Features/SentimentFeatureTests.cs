using System.Globalization;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Tests.Orders;
using BtcAgent.Domain.Tests.Sentiment;

namespace BtcAgent.Domain.Tests.Features;

/// <summary>The sentiment group against sums over all tallies, computed again at each sample, and its rules.</summary>
public sealed class SentimentFeatureTests
{
    private static readonly string[] Names =
    [
        "sentiment_mean", "sentiment_count", "sentiment_dispersion", "sentiment_influence_mean", "sentiment_volume_z", "sentiment_extreme_share",
        "sentiment_change",
    ];

    private static readonly List<SyntheticFeed.Step> Market = SyntheticFeed.Make(11, 20_000);
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());

    private static readonly HashSet<int> Indexes = [.. Names.Select(Schema.IndexOf)];

    [Fact]
    public void Values_RandomPosts_EqualSumsOverAllTallies()
    {
        var feed = RandomTallies.Among(Market, 3);
        var known = 0;
        foreach (var sample in SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed).Where((_, i) => i % 7 == 0))
        {
            var tallies = Applied(feed, sample);
            foreach (var name in Names)
            {
                var (actual, expected) = (sample.Values[Schema.IndexOf(name)], Naive(name, tallies, sample.EventTime));
                known += double.IsNaN(expected) ? 0 : 1;
                Assert.True(
                    double.IsNaN(expected) ? float.IsNaN(actual) : Math.Abs(actual - expected) <= 1e-5 * Math.Max(0.1, Math.Abs(expected)),
                    string.Create(CultureInfo.InvariantCulture, $"{name} at {sample.EventTime}: expected {expected:R}, got {actual:R}"));
            }
        }

        Assert.True(known > 500, $"only {known} known values");
    }

    /// <summary>Known as long as the tones are, and after a restart from a saved state.</summary>
    [Fact]
    public void Scorer_OfTheLastTally_IsInTheSampleWhileSentimentIsKnown()
    {
        ScorerIdentity before = new("lexicon-1", "aa"), after = new("finbert+lexicon-1", "bb+aa");
        var steps = Feed(OrderFixture.Start, second => new SentimentTally { Number = second + 1, KnownAt = OrderFixture.Start, Posts = 1, Content = 1, Scorer = second < 20 ? before : after });
        var samples = SyntheticFeed.Run(SyntheticFeed.Pipeline(), steps);
        Assert.Equal([before, after], samples.Select(sample => sample.Scorer).OfType<ScorerIdentity>().Distinct());
        Assert.All(samples, sample => Assert.Equal(sample.Scorer is not null, float.IsFinite(Read(sample)[0]) || float.IsFinite(Read(sample)[1])));
        Assert.All(SyntheticFeed.Run(SyntheticFeed.Pipeline(), Market), sample => Assert.Null(sample.Scorer));
    }

    /// <summary>Tallies change no other value, bar, book or time, and are no event of the market.</summary>
    [Fact]
    public void Apply_TalliesAmongEvents_LeaveEverythingElseAlone()
    {
        var (bare, mixed) = (SyntheticFeed.Pipeline(), SyntheticFeed.Pipeline());
        var expected = SyntheticFeed.Run(bare, Market);
        var actual = SyntheticFeed.Run(mixed, RandomTallies.Among(Market, 4));

        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal(one.Values.Where((_, i) => !Indexes.Contains(i)), other.Values.Where((_, i) => !Indexes.Contains(i)));
            Assert.Equal(
                (one.EventTime, one.LastEventTime, one.Quote, one.BookInSync, one.IsWarm, one.InstantsSkipped, one.VolatilityPerSqrtSecond),
                (other.EventTime, other.LastEventTime, other.Quote, other.BookInSync, other.IsWarm, other.InstantsSkipped, other.VolatilityPerSqrtSecond));
            Assert.Equal(one.ClosedBars, other.ClosedBars);
        }

        Assert.Equal(bare.Clock, mixed.Clock);
        Assert.Equal(bare.Counters with { Events = 0 }, mixed.Counters with { Events = 0 });
        Assert.Equal(bare.Synchronizer.LastUpdateId, mixed.Synchronizer.LastUpdateId);
    }

    [Fact]
    public void Values_LivingSource_AreFiniteWithin60Seconds()
    {
        var samples = SyntheticFeed.Run(SyntheticFeed.Pipeline(), RandomTallies.Among(Market, 5));

        Assert.All(samples.Where(sample => (sample.EventTime - OrderFixture.Start).TotalSeconds >= 15), sample => Assert.All(Read(sample), value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public void Values_NoTallyFor120Seconds_AreUnknownUntilTheNextOne()
    {
        var (from, to) = (OrderFixture.At(200_000), OrderFixture.At(500_000));
        var feed = RandomTallies.Among(Market, 6, at => at < from || at > to);

        foreach (var sample in SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed))
        {
            var silent = (sample.EventTime - from).TotalSeconds;
            if (silent is >= 0 and < 119)
            {
                Assert.All(Read(sample), value => Assert.True(float.IsFinite(value)));
            }
            else if (silent is > 121 and < 299)
            {
                Assert.All(Read(sample), value => Assert.True(float.IsNaN(value)));
            }
        }

        // The posts of before the pause are forgotten.
        var after = SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed)[^1];
        var tallies = Applied(feed, after).Where(one => one.Tally.KnownAt > to).ToList();
        Assert.Equal(Naive("sentiment_mean", tallies, after.EventTime), after.Values[Schema.IndexOf("sentiment_mean")], 1e-5);
    }

    [Fact]
    public void Values_EmptyTallies_KeepTheCountButHaveNoTone()
    {
        var samples = SyntheticFeed.Run(SyntheticFeed.Pipeline(), Feed(OrderFixture.At(1), second => new SentimentTally { Number = second + 1, KnownAt = OrderFixture.At(second * 1_000) }));
        var values = Read(samples[^1]);

        Assert.Equal([true, false, true, true, false, true, true], values.Select(float.IsNaN));
        Assert.Equal((0, 0), (values[1], values[4]));
    }

    [Fact]
    public void VolumeZ_BurstOfPosts_IsAboutItsDeviations()
    {
        // One post a second for five minutes, then ten a second for ten seconds.
        var samples = SyntheticFeed.Run(SyntheticFeed.Pipeline(), Feed(OrderFixture.At(1), second => new SentimentTally
        {
            Number = second + 1,
            KnownAt = OrderFixture.At(second * 1_000),
            Posts = second is >= 300 and < 310 ? 10 : 1,
        }));
        var at = samples.ToDictionary(sample => (int)(sample.EventTime - OrderFixture.Start).TotalSeconds, sample => sample.Values[Schema.IndexOf("sentiment_volume_z")]);

        Assert.InRange(at[60], -0.1, 0.1);
        Assert.InRange(at[299], -0.2, 0.2);
        Assert.InRange(at[311], 3.5, 6); // 231 instead of 183 with a deviation of 10.
        Assert.True(at[380] < at[311]);
    }

    [Fact]
    public void OnTally_RepeatedNumber_CountsOnce()
    {
        var once = RandomTallies.Among(Market.Take(3_000), 8);
        var twice = once.SelectMany(step => step.Event.Kind == MarketEventKind.Sentiment ? [step, step] : new[] { step });

        Assert.Equal(SyntheticFeed.Run(SyntheticFeed.Pipeline(), once).Select(Read), SyntheticFeed.Run(SyntheticFeed.Pipeline(), twice).Select(Read));
    }

    [Fact]
    public void OnTally_BeforeTheFirstMarketTime_DoesNotCount()
    {
        var early = RandomTallies.Step(RandomTallies.Make(new Random(1), OrderFixture.Start), 1);

        var samples = SyntheticFeed.Run(SyntheticFeed.Pipeline(), [early, .. Market.Take(500)]);

        Assert.All(samples.SelectMany(Read), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Load_SavedAmongTallies_ContinuesToTheSameBytes()
    {
        var feed = RandomTallies.Among(Market, 9);
        foreach (var at in new[] { 1, 700, feed.Count / 2, feed.Count - 300 })
        {
            var whole = SyntheticFeed.Pipeline();
            SyntheticFeed.Run(whole, feed.Take(at));
            var loaded = SyntheticFeed.Pipeline();
            var reader = new StateReader(Save(whole));
            loaded.Load(reader);
            reader.End();

            Assert.Equal(
                SyntheticFeed.Run(whole, feed.Skip(at)).SelectMany(sample => sample.Values).Select(BitConverter.SingleToInt32Bits),
                SyntheticFeed.Run(loaded, feed.Skip(at)).SelectMany(sample => sample.Values).Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(Save(whole), Save(loaded));
        }
    }

    /// <summary>Decisions that an earlier version made can be computed again.</summary>
    [Fact]
    public void Find_HashOfVersion1_GivesItsSchemaWhoseSentimentIsUnknown()
    {
        const ulong Version1 = 0x74ee322b0b530f1e;
        var options = new FeatureOptions();
        var earlier = FeatureSchema.Find(options, Version1)!;
        var samples = SyntheticFeed.Run(new FeaturePipeline(OrderFixture.Btc, options, earlier), RandomTallies.Among(Market.Take(5_000), 10));

        Assert.Equal((1, 55, Version1), (earlier.Version, earlier.Count, earlier.Hash));
        Assert.Equal(3, FeatureSchema.Find(options, Schema.Hash)!.Version);
        Assert.Null(FeatureSchema.Find(options, 1));
        Assert.All(samples, sample => Assert.Equal((Version1, 55), (sample.SchemaHash, sample.Values.Length)));
        Assert.All(samples.SelectMany(sample => sample.Values[^3..]), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void FeatureStream_TallyOfTwoLines_CountsOnce()
    {
        var feed = RandomTallies.Among(Market.Take(4_000), 12);

        Assert.Equal(Merged(feed, [0]), Merged(feed, [0, 1]));
        Assert.Contains(Merged(feed, [0, 1]), values => float.IsFinite(values[0]));
    }

    private static List<float[]> Merged(List<SyntheticFeed.Step> feed, int[] lines)
    {
        var features = new FeatureStream(SyntheticFeed.Pipeline(), new InstrumentStream(lines: 2));
        var values = new List<float[]>();
        foreach (var (step, line) in feed.SelectMany(step => lines.Select(line => (step, line))))
        {
            features.Open(new MarketDataBatch(OrderFixture.Btc, 5, [step.Event with { LevelsStart = 0 }], [.. step.Levels], step.Event.ReceiveTime, line));
            while (features.MoveNext(out var sample))
            {
                values.AddRange(sample is null ? [] : [Read(sample)]);
                features.Apply();
            }
        }

        return values;
    }

    /// <summary>A market with one trade each 100 ms and a tally each second, for ten minutes.</summary>
    private static List<SyntheticFeed.Step> Feed(Timestamp start, Func<long, SentimentTally> tallyOf)
    {
        var steps = new List<SyntheticFeed.Step>();
        for (var tick = 0L; tick < 6_000; tick++)
        {
            var trade = SyntheticFeed.Trade((start - OrderFixture.Start).TotalMilliseconds + (tick * 100), 50_000_00, 10, true, steps.Count + 1);
            steps.Add(new SyntheticFeed.Step(trade, []));
            if (tick % 10 == 0)
            {
                steps.Add(RandomTallies.Step(tallyOf(tick / 10), steps.Count + 1));
            }
        }

        return steps;
    }

    private static float[] Read(FeatureSample sample) => [.. Names.Select(name => sample.Values[Schema.IndexOf(name)])];

    private static byte[] Save(FeaturePipeline pipeline)
    {
        var writer = new StateWriter();
        pipeline.Save(writer);
        return writer.Written.ToArray();
    }

    /// <summary>The tallies applied before a sample, each with the market's clock then.</summary>
    private static List<(SentimentTally Tally, Timestamp At)> Applied(IEnumerable<SyntheticFeed.Step> feed, FeatureSample sample)
    {
        var (tallies, clock) = (new List<(SentimentTally, Timestamp)>(), Timestamp.Unknown);
        foreach (var (e, levels) in feed.TakeWhile(step => step.Event.Sequence <= sample.LastSequence))
        {
            clock = e.EventTime > clock ? e.EventTime : clock;
            if (e.Kind == MarketEventKind.Sentiment && clock.IsKnown)
            {
                tallies.Add((SentimentTally.Read(in e, levels), clock));
            }
        }

        return tallies;
    }

    private static double Naive(string name, List<(SentimentTally Tally, Timestamp At)> tallies, Timestamp time)
    {
        if (tallies.Count == 0)
        {
            return double.NaN;
        }

        var seconds = (time - tallies[0].At).TotalSeconds;
        return name switch
        {
            "sentiment_mean" => Mean(600),
            "sentiment_count" => Math.Log(1 + Posts(600)),
            "sentiment_dispersion" => Math.Sqrt((Sum(600, t => t.ContentToneSquared) / Sum(600, t => t.Content)) - Math.Pow(Mean(600), 2)),
            "sentiment_influence_mean" => Sum(600, t => t.InfluenceTone) / Sum(600, t => t.Influence),
            "sentiment_extreme_share" => Sum(600, t => t.ExtremeContent) / Sum(600, t => t.Content),
            "sentiment_change" => Mean(120) - Mean(1_800),
            _ => seconds < 10 ? double.NaN : Surprise(),
        };

        double Sum(double halfLife, Func<SentimentTally, long> part) => tallies.Sum(one => Math.Pow(0.5, (time - one.At).TotalSeconds / halfLife) * part(one.Tally));

        double Mean(double halfLife) => Sum(halfLife, t => t.ContentTone) / Sum(halfLife, t => t.Content);

        double Posts(double halfLife) => tallies.Skip(1).Sum(one => Math.Pow(0.5, (time - one.At).TotalSeconds / halfLife) * one.Tally.Posts);

        // The integrals by sums of small steps.
        double Integral(double halfLife) => Enumerable.Range(0, 100_000).Sum(i => Math.Pow(0.5, (i + 0.5) * seconds / 1e5 / halfLife)) * seconds / 1e5;

        double Surprise()
        {
            var rate = Posts(1_800) / Integral(1_800);
            return (Posts(120) - (rate * Integral(120))) / Math.Sqrt((rate * Integral(60)) + 1);
        }
    }
}
