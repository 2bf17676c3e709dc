using BtcAgent.Domain.Sentiment;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Tests.Tapes;

/// <summary>Tallies of posts beside a tape: what a file may hold, and their place among the events.</summary>
public sealed class SentimentFileTests : IDisposable
{
    private const long Start = 1_723_075_200_000_000_000;
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private readonly string _folder = Directory.CreateTempSubdirectory("sentiment").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_File_GivesItsTallies()
    {
        var path = Write(Line(1, "\"posts\":2,\"content\":150000000,\"contentTone\":-3,\"contentToneSquared\":4,\"extremeContent\":5,\"influence\":6,\"influenceTone\":-6"), "", Line(2));

        var tallies = SentimentFile.Read(path);

        Assert.Equal(
            [
                new SentimentTally
                {
                    Number = At(1).UnixMilliseconds, KnownAt = At(1), Posts = 2, Content = 150_000_000, ContentTone = -3, ContentToneSquared = 4, ExtremeContent = 5,
                    Influence = 6, InfluenceTone = -6,
                },
                new SentimentTally { Number = At(2).UnixMilliseconds, KnownAt = At(2) },
            ],
            tallies);
    }

    [Fact]
    public void Read_GoldenLine_IsRead()
    {
        const string Golden = """
            {"number":1723075201001,"knownAtNs":1723075201000000000,"posts":9,"content":700000000,"contentTone":-600000000,"contentToneSquared":500000000,"extremeContent":400000000,"influence":300000000,"influenceTone":-200000000,"scorer":"lexicon-1","scorerHash":"ab"}
            """;
        GoldenFile.Check("TallyLine.json", Golden);

        Assert.Equal(
            new SentimentTally
            {
                Number = 1_723_075_201_001,
                KnownAt = At(1),
                Posts = 9,
                Content = 700_000_000,
                ContentTone = -600_000_000,
                ContentToneSquared = 500_000_000,
                ExtremeContent = 400_000_000,
                Influence = 300_000_000,
                InfluenceTone = -200_000_000,
                Scorer = new ScorerIdentity("lexicon-1", "ab"),
            },
            Assert.Single(SentimentFile.Read(Write(Golden))));
    }

    [Fact]
    public void Read_LineThatIsWrong_IsRefusedWithItsNumber()
    {
        Refused("line 2: not a tally of posts", Line(1), "{\"number\":");
        Refused("line 1: not a tally of posts", "null");
        Refused("line 1: not a tally of posts", "{\"number\":\"1\",\"knownAtNs\":2}");
        Refused("line 1: not a tally of posts", "{\"number\":1}");
        Refused("line 1: not a tally of posts", Line(1, "\"tone\":1"));
        Refused("line 1: not a tally of posts (posts): write an object with number", Line(1, "\"posts\":1.5"));
        Refused("line 1: weight 1 of 0 posts", Line(1, "\"content\":1"));
        Refused("line 3: number 1723075202000 is that of the tally before", Line(1), Line(2), Line(2));
        Refused("line 2: tally 1723075201000, known at", Line(2), Line(1));
        Refused("has no tally of posts", "");
        Refused("line 2: it has more than 4096 characters", Line(1), new string('\0', 5_000));
        Assert.Contains("cannot be read", Assert.Throws<MarketFeedException>(() => SentimentFile.Read(Path.Combine(_folder, "absent"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryTake_TallyAtAnEventsTime_ComesAfterIt()
    {
        var merge = new InjectedMerge([Tally(-1), Tally(0), Tally(1), Tally(2)]);

        Assert.Equal([], Before(merge, At(0)));
        Assert.Equal([0], Before(merge, At(1)));
        Assert.Equal([1], Before(merge, At(1) + TimeSpan.FromMilliseconds(1)));
        Assert.Equal([2], Before(merge, At(100)));
        Assert.Equal([], Before(merge, At(200)));

        static IEnumerable<int> Before(InjectedMerge merge, Timestamp receivedAt)
        {
            while (merge.TryTake(receivedAt, out var tally))
            {
                yield return (int)(tally.KnownAt - At(0)).TotalSeconds;
            }
        }
    }

    /// <summary>The agent's replay and the tape of a backtest have the same events in the same order.</summary>
    [Fact]
    public async Task Run_TapeWithTallies_GivesTheEventsOfTheDecodedTape()
    {
        string[] tapes = [RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz")];
        var bare = DecodedTape.Load(Instrument, tapes);
        var from = bare.Events[0].ReceiveTime - TimeSpan.FromSeconds(5);
        var path = Write(TallyLines.Make(1, from.UnixNanoseconds, 2_000));
        var tape = bare.With([.. SentimentFile.Read(path)]);
        var options = new TapeOptions { Speed = 0, SentimentFile = path };
        options.Paths.Add(tapes[0]);
        var sink = new KeepingSink();
        var feed = new TapeFeed(Options.Create(options), TimeProvider.System);

        await feed.RunAsync(Instrument, sink, TestContext.Current.CancellationToken);

        Assert.True(((IMarketFeed)feed).IsRecorded);
        Assert.Equal(tape.Events.Select(one => one with { LevelsStart = 0 }), sink.Events);
        Assert.Equal(tape.Events.SelectMany(one => tape.LevelsOf(in one).ToArray()), sink.Levels);
        Assert.Equal(bare.Events.Select(one => one with { Sequence = 0, LevelsStart = 0 }), sink.Events.Where(one => one.Kind != MarketEventKind.Sentiment).Select(one => one with { Sequence = 0 }));
        Assert.Equal(Enumerable.Range(1, sink.Events.Count).Select(i => (long)i), sink.Events.Select(one => one.Sequence));
        Assert.True(sink.Events.Count(one => one.Kind == MarketEventKind.Sentiment) > 250);
        for (var i = 1; i < sink.Events.Count; i++)
        {
            Assert.True(sink.Events[i].ReceiveTime >= sink.Events[i - 1].ReceiveTime, $"event {i + 1} was received before the one before it");
        }
    }

    private static Timestamp At(int second) => new(Start + (second * Timestamp.NanosecondsPerSecond));

    private static SentimentTally Tally(int second) => new() { Number = At(second).UnixMilliseconds, KnownAt = At(second) };

    private static string Line(int second, string? more = null) =>
        $"{{\"number\":{At(second).UnixMilliseconds},\"knownAtNs\":{At(second).UnixNanoseconds}{(more is null ? "" : "," + more)}}}";

    private void Refused(string says, params string[] lines) =>
        Assert.Contains(says, Assert.Throws<MarketFeedException>(() => SentimentFile.Read(Write(lines))).Message, StringComparison.Ordinal);

    private string Write(params string[] lines)
    {
        var path = Path.Combine(_folder, "posts.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    private sealed class KeepingSink : IMarketEventSink
    {
        public List<MarketEvent> Events { get; } = [];

        public List<PriceLevel> Levels { get; } = [];

        public void Accept(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
        {
            Events.Add(marketEvent with { LevelsStart = 0 });
            Levels.AddRange(levels);
        }

        public void Refuse(string reason) => Assert.Fail(reason);

        public void OnClockMeasured(TimeSpan offset)
        {
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
