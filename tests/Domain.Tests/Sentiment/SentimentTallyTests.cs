using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Domain.Tests.Orders;
using CsCheck;

namespace BtcAgent.Domain.Tests.Sentiment;

public sealed class SentimentTallyTests
{
    private static readonly SentimentTally Bearish = new()
    {
        Number = OrderFixture.Start.UnixMilliseconds,
        KnownAt = OrderFixture.Start,
        Posts = 2,
        Content = 150_000_000,
        ContentTone = -120_000_001,
        ContentToneSquared = 100_000_000,
        ExtremeContent = 100_000_000,
        Influence = 30_000_000,
        InfluenceTone = -1,
    };

    [Fact]
    public void Read_Written_IsTheSame() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var random = new Random(seed);
        var tally = RandomTallies.Make(random, new Timestamp(random.NextInt64(1, long.MaxValue / 2)), random.Next(50));
        var step = RandomTallies.Step(tally, 7);

        Assert.Null(tally.Problem());
        Assert.Equal(tally, SentimentTally.Read(step.Event, step.Levels));
        Assert.Equal((7L, tally.Number, tally.Number, Timestamp.Unknown), (step.Event.Sequence, step.Event.FirstId, step.Event.LastId, step.Event.EventTime));
    });

    [Fact]
    public void ToEvent_InjectedLaterOrEarlier_HasTheLaterTime()
    {
        var second = TimeSpan.FromSeconds(1);

        Assert.Equal(Bearish.KnownAt + second, Bearish.ToEvent(1, Bearish.KnownAt + second).ReceiveTime);
        Assert.Equal(Bearish.KnownAt, Bearish.ToEvent(1, Bearish.KnownAt - second).ReceiveTime);
    }

    [Fact]
    public void Read_EventOfAnotherKind_IsRefused() => Assert.Throws<ArgumentException>(
        () => SentimentTally.Read(new MarketEvent { Kind = MarketEventKind.BookDelta, BidCount = 4 }, new PriceLevel[4]));

    [Fact]
    public void Read_LevelsThatNameNoScorer_IsRefused()
    {
        var levels = (Bearish with { Scorer = new ScorerIdentity("a", "b") }).Write(new PriceLevel[SentimentTally.LevelsMax]).ToArray();
        levels[^1] = default;

        Assert.Throws<ArgumentException>(() => SentimentTally.Read(Bearish.ToEvent(1, Bearish.KnownAt), levels));
    }

    [Fact]
    public void Problem_SumsThatNoPostsHave_NamesThem()
    {
        Assert.Null(Bearish.Problem());
        Assert.Null((Bearish with { Number = Bearish.Number + 86_400_000 }).Problem());
        (string Says, SentimentTally Tally)[] wrong =
        [
            ("number 0 is not positive", Bearish with { Number = 0 }),
            ("more than a day ahead", Bearish with { Number = Bearish.Number + 86_400_001 }),
            ("ns after 1970", Bearish with { KnownAt = Timestamp.Unknown }),
            ("ns after 1970", Bearish with { KnownAt = new Timestamp(long.MaxValue) }),
            ("-1 posts", Bearish with { Posts = -1 }),
            ("weight 150000000 of 1 posts", Bearish with { Posts = 1 }),
            ("tone 150000003", Bearish with { ContentTone = 150_000_003 }),
            ("tone -150000003", Bearish with { ContentTone = -150_000_003 }),
            ("squared tone -1", Bearish with { ContentToneSquared = -1 }),
            ("extreme weight 150000003", Bearish with { ExtremeContent = 150_000_003 }),
            ("influence 150000003", Bearish with { Influence = 150_000_003 }),
            ("of influence 30000000", Bearish with { InfluenceTone = 30_000_003 }),
            ("tone -9223372036854775808", Bearish with { ContentTone = long.MinValue }),
            ("at most 236", Bearish with { Scorer = new ScorerIdentity(new string('a', 130), new string('b', 107)) }),
            ("or neither", Bearish with { Scorer = new ScorerIdentity("a", "") }),
            ("without spaces", Bearish with { Scorer = new ScorerIdentity("a b", "c") }),
        ];
        Assert.All(wrong, one => Assert.Contains(one.Says, one.Tally.Problem(), StringComparison.Ordinal));
    }
}
