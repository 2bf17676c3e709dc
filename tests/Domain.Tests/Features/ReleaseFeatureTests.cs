using BtcAgent.Domain.Economy;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Features;

/// <summary>The economy group: only what was known, by the market's clock, and unknown without a living source.</summary>
public sealed class ReleaseFeatureTests
{
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());
    private static readonly int First = Schema.IndexOf("calendar_hours_to_release");

    /// <summary>Two and a half hours of a trade every second from noon.</summary>
    private static readonly List<SyntheticFeed.Step> Market =
        [.. Enumerable.Range(0, 9_000).Select(second => new SyntheticFeed.Step(Traded(second) with { ReceiveTime = At(second) }, []))];

    [Fact]
    public void Values_ReleasePasses_SinceCountsFromItAndTheOneAfterIsUnknownUntilItsNotice()
    {
        var samples = Run(Notice(0, last: -7_200, next: 600, surprise: 1.5), Notice(660, last: 600, next: 90_000, surprise: -0.5));

        AssertValues(samples, 10, hoursTo: 590, hoursSince: 7_210, surprise: 1.5);
        AssertValues(samples, 599, hoursTo: 1, hoursSince: 7_799, surprise: 1.5);
        AssertValues(samples, 600, hoursTo: null, hoursSince: 0, surprise: 1.5);
        AssertValues(samples, 659, hoursTo: null, hoursSince: 59, surprise: 1.5);
        AssertValues(samples, 670, hoursTo: 89_330, hoursSince: 70, surprise: -0.5);
    }

    /// <summary>The future is not in a sample: without its notice a release changes nothing, and a notice counts only after its place.</summary>
    [Fact]
    public void Values_ReleaseBeforeItsNotice_IsNotKnown()
    {
        var without = Run(Notice(0, last: -7_200, next: 600, surprise: 1.5));
        var with = Run(Notice(0, last: -7_200, next: 600, surprise: 1.5), Notice(700, last: 650, next: 800, surprise: 9));

        foreach (var second in without.Keys.Where(second => second <= 700))
        {
            Assert.Equal(Bits(without[second]), Bits(with[second]));
        }

        Assert.NotEqual(Bits(without[710]), Bits(with[710]));
    }

    [Fact]
    public void Values_NoNoticeForAnHour_AreUnknownUntilTheNextOne()
    {
        var samples = Run(Notice(0, last: -60, next: 80_000, surprise: 1), Notice(5_000, last: -60, next: 80_000, surprise: 1));

        Assert.All(Read(samples[3_600]), value => Assert.True(float.IsFinite(value)));
        Assert.All(Read(samples[3_610]), value => Assert.True(float.IsNaN(value)));
        Assert.All(Read(samples[4_999]), value => Assert.True(float.IsNaN(value)));
        Assert.All(Read(samples[5_010]), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Values_NothingKnown_AreUnknownEachForItself()
    {
        Assert.Equal([true, true, true], Read(Run(Notice(0))[10]).Select(float.IsNaN));
        Assert.Equal([false, true, true], Read(Run(Notice(0, next: 60))[10]).Select(float.IsNaN));
        Assert.Equal([true, false, true], Read(Run(Notice(0, last: -60))[10]).Select(float.IsNaN));
        Assert.Equal([true, true, false], Read(Run(Notice(0, surprise: 1))[10]).Select(float.IsNaN));
    }

    [Fact]
    public void Values_FarReleases_AreAtMostAWeekAway() =>
        Assert.Equal([168f, 168f], Read(Run(Notice(0, last: -2_000_000, next: 2_000_000))[10])[..2]);

    [Fact]
    public void OnNotice_RepeatedOrEarlierNumber_CountsOnce()
    {
        var newer = Notice(20, next: 500);
        var samples = Run(Notice(10, next: 400), newer, newer with { NextRelease = At(9_000) }, Notice(20, next: 800) with { Number = newer.Number - 1, KnownAt = At(20) });

        Assert.Equal(400f / 3_600, Read(samples[100])[0], 1e-6);
    }

    /// <summary>Notices change no other value, bar, book or time.</summary>
    [Fact]
    public void Apply_NoticesAmongEvents_LeaveEverythingElseAlone()
    {
        var feed = SyntheticFeed.Make(11, 5_000);
        var (bare, mixed) = (SyntheticFeed.Pipeline(), SyntheticFeed.Pipeline());
        var expected = SyntheticFeed.Run(bare, feed);
        var actual = SyntheticFeed.Run(mixed, Among(feed, [Notice(3, next: 70, surprise: 2), Notice(90, last: 70)]));

        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Values[..First], pair.Second.Values[..First]));
        Assert.Equal((bare.Clock, bare.Counters with { Events = 0 }), (mixed.Clock, mixed.Counters with { Events = 0 }));
        Assert.Contains(actual, sample => float.IsFinite(Read(sample)[0]));
    }

    [Fact]
    public void Load_SavedBetweenNotices_ContinuesToTheSameBytes()
    {
        var feed = Among(SyntheticFeed.Make(12, 5_000), [Notice(3, next: 70, surprise: 2), Notice(90, last: 70)]);
        foreach (var at in new[] { 1, 200, feed.Count / 2, feed.Count - 300 })
        {
            var whole = SyntheticFeed.Pipeline();
            SyntheticFeed.Run(whole, feed.Take(at));
            var loaded = SyntheticFeed.Pipeline();
            var reader = new StateReader(Save(whole));
            loaded.Load(reader);
            reader.End();

            Assert.Equal(SyntheticFeed.Run(whole, feed.Skip(at)).SelectMany(Bits), SyntheticFeed.Run(loaded, feed.Skip(at)).SelectMany(Bits));
            Assert.Equal(Save(whole), Save(loaded));
        }
    }

    /// <summary>Decisions that version 2 made can be computed again.</summary>
    [Fact]
    public void Find_HashOfVersion2_GivesItsSchemaWithoutReleases()
    {
        const ulong Version2 = 7538258815462558390;
        var options = new FeatureOptions();
        var earlier = FeatureSchema.Find(options, Version2)!;
        var feed = Among(SyntheticFeed.Make(13, 3_000), [Notice(3, next: 70)]);
        var (old, now) = (SyntheticFeed.Run(new FeaturePipeline(OrderFixture.Btc, options, earlier), feed), SyntheticFeed.Run(SyntheticFeed.Pipeline(), feed));

        Assert.Equal((2, 59, Version2), (earlier.Version, earlier.Count, earlier.Hash));
        Assert.All(old.Zip(now), pair => Assert.Equal(pair.First.Values, pair.Second.Values[..59]));
    }

    [Fact]
    public void FeatureStream_NoticesOfTwoLines_CountOnce()
    {
        var feed = Among(SyntheticFeed.Make(14, 3_000), [Notice(3, next: 70, surprise: 2), Notice(60, last: 50, next: 100)]);

        Assert.Equal(Merged(feed, [0]), Merged(feed, [0, 1]));
    }

    private static List<int> Merged(List<SyntheticFeed.Step> feed, int[] lines)
    {
        var features = new FeatureStream(SyntheticFeed.Pipeline(), new InstrumentStream(lines: 2));
        var bits = new List<int>();
        foreach (var (step, line) in feed.SelectMany(step => lines.Select(line => (step, line))))
        {
            features.Open(new MarketDataBatch(OrderFixture.Btc, 5, [step.Event with { LevelsStart = 0 }], [.. step.Levels], step.Event.ReceiveTime, line));
            while (features.MoveNext(out var sample))
            {
                bits.AddRange(sample is null ? [] : Bits(sample));
                features.Apply();
            }
        }

        Assert.NotEmpty(bits);
        return bits;
    }

    private static MarketEvent Traded(int second) => SyntheticFeed.Trade(second * 1_000, 50_000_00, 10, true);

    private static Timestamp At(double seconds) => OrderFixture.At(seconds * 1_000);

    private static CalendarNotice Notice(double at, double? last = null, double? next = null, double? surprise = null) => new()
    {
        Number = At(at).UnixMilliseconds,
        KnownAt = At(at),
        LastRelease = last is { } before ? At(before) : Timestamp.Unknown,
        NextRelease = next is { } after ? At(after) : Timestamp.Unknown,
        Surprise = surprise is { } units ? (long)(units * 1e8) : null,
    };

    /// <summary>The samples by their second.</summary>
    private static Dictionary<int, FeatureSample> Run(params CalendarNotice[] notices) => SyntheticFeed.Run(SyntheticFeed.Pipeline(), Among(Market, notices))
        .ToDictionary(sample => (int)(sample.EventTime - OrderFixture.Start).TotalSeconds);

    /// <summary>Adds each notice before the first event that was received after it was known.</summary>
    private static List<SyntheticFeed.Step> Among(IEnumerable<SyntheticFeed.Step> feed, IEnumerable<CalendarNotice> notices)
    {
        var waiting = new Queue<CalendarNotice>(notices);
        var steps = new List<SyntheticFeed.Step>();
        foreach (var step in feed)
        {
            while (waiting.TryPeek(out var notice) && notice.KnownAt < step.Event.ReceiveTime)
            {
                var levels = new PriceLevel[CalendarNotice.LevelCount];
                notice.Write(levels);
                steps.Add(new SyntheticFeed.Step(waiting.Dequeue().ToEvent(steps.Count + 1, notice.KnownAt), levels));
            }

            steps.Add(step with { Event = step.Event with { Sequence = steps.Count + 1 } });
        }

        return steps;
    }

    private static void AssertValues(Dictionary<int, FeatureSample> samples, int second, double? hoursTo = null, double? hoursSince = null, double? surprise = null)
    {
        foreach (var (value, expected) in Read(samples[second]).Zip([hoursTo / 3_600, hoursSince / 3_600, surprise]))
        {
            Assert.True(expected is { } known ? Math.Abs(value - known) < 1e-5 : float.IsNaN(value), $"second {second}: {value} instead of {expected}");
        }
    }

    private static float[] Read(FeatureSample sample) => [.. sample.Values[First..(First + 3)]];

    private static IEnumerable<int> Bits(FeatureSample sample) => sample.Values.Select(BitConverter.SingleToInt32Bits);

    private static byte[] Save(FeaturePipeline pipeline)
    {
        var writer = new StateWriter();
        pipeline.Save(writer);
        return writer.Written.ToArray();
    }
}
