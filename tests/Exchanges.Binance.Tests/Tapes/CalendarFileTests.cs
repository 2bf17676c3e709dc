using BtcAgent.Domain.Economy;

namespace BtcAgent.Exchanges.Binance.Tests.Tapes;

public sealed class CalendarFileTests : IDisposable
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_723_161_255_000);

    private static readonly CalendarNotice Notice = new()
    {
        Number = Start.UnixMilliseconds,
        KnownAt = Start,
        LastRelease = Start - TimeSpan.FromHours(1),
        NextRelease = Start + TimeSpan.FromHours(1),
        Surprise = -150_000_000,
    };

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_WrittenLines_AreTheSame()
    {
        CalendarNotice[] notices = [Notice, new() { Number = Notice.Number + 1, KnownAt = Start }];
        File.WriteAllLines(_file, notices.Select(notice => CalendarFile.LineOf(in notice)));

        Assert.Equal(notices, CalendarFile.Read(_file));
    }

    /// <summary>Files of earlier versions can be read.</summary>
    [Fact]
    public void Read_GoldenLine_IsRead()
    {
        const string Golden = """
            {"number":1723161255000,"knownAtNs":1723161255000000000,"lastReleaseNs":1723157655000000000,"nextReleaseNs":1723164855000000000,"surprise":-150000000}
            """;
        GoldenFile.Check("NoticeLine.json", Golden);
        File.WriteAllText(_file, Golden);

        Assert.Equal(Notice, Assert.Single(CalendarFile.Read(_file)));
        Assert.Equal(Golden, CalendarFile.LineOf(Notice));
    }

    [Theory]
    [InlineData("{\"number\":1}", "line 1: not a notice of the calendar")]
    [InlineData("{\"number\":1,\"knownAtNs\":1723161255000000000,\"value\":1}", "line 1: not a notice of the calendar")]
    [InlineData("{\"number\":1,\"knownAtNs\":1723161255000000000,\"nextReleaseNs\":5}", "line 1: next release")]
    [InlineData("", "has no notice of the calendar")]
    public void Read_WrongLine_IsRefusedWithItsNumber(string line, string says)
    {
        File.WriteAllText(_file, line);

        Assert.Contains(says, Assert.Throws<MarketFeedException>(() => CalendarFile.Read(_file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NumberRepeated_IsRefused()
    {
        File.WriteAllLines(_file, [CalendarFile.LineOf(Notice), CalendarFile.LineOf(Notice)]);

        Assert.Contains("line 2: number 1723161255000 is that of the notice before", Assert.Throws<MarketFeedException>(() => CalendarFile.Read(_file)).Message, StringComparison.Ordinal);
    }

    /// <summary>Tallies and notices have their place by one rule; of those known at the same time the tally comes first.</summary>
    [Fact]
    public void TryTake_BothKinds_AreInTheOrderOfTheirTimes()
    {
        var tally = new Domain.Sentiment.SentimentTally { Number = 1, KnownAt = Start };
        var merge = new InjectedMerge([tally, tally with { KnownAt = Start + TimeSpan.FromSeconds(2) }, Notice, Notice with { KnownAt = Start + TimeSpan.FromSeconds(1) }]);
        Assert.False(merge.TryTake(Start, out _));
        var kinds = new List<MarketEventKind>();
        while (merge.TryTake(Start + TimeSpan.FromSeconds(5), out var next))
        {
            kinds.Add(next.ToEvent(1, next.KnownAt).Kind);
        }

        Assert.Equal([MarketEventKind.Sentiment, MarketEventKind.Calendar, MarketEventKind.Calendar, MarketEventKind.Sentiment], kinds);
    }
}
