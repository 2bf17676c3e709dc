using BtcAgent.Domain.Economy;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Tests.Orders;
using CsCheck;

namespace BtcAgent.Domain.Tests.Economy;

public sealed class CalendarNoticeTests
{
    private static readonly CalendarNotice Payrolls = new()
    {
        Number = OrderFixture.Start.UnixMilliseconds,
        KnownAt = OrderFixture.Start,
        LastRelease = OrderFixture.Start,
        NextRelease = OrderFixture.Start + TimeSpan.FromDays(5),
        Surprise = -123_456_789,
    };

    [Fact]
    public void Read_Written_IsTheSame() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var random = new Random(seed);
        var knownAt = new Timestamp(random.NextInt64(TimeSpan.TicksPerDay * 100 * 500, long.MaxValue / 4));
        var notice = new CalendarNotice
        {
            Number = knownAt.UnixMilliseconds,
            KnownAt = knownAt,
            LastRelease = random.Next(3) == 0 ? Timestamp.Unknown : knownAt - TimeSpan.FromHours(random.Next(9_000)),
            NextRelease = random.Next(3) == 0 ? Timestamp.Unknown : knownAt + TimeSpan.FromHours(random.Next(1, 9_000)),
            Surprise = random.Next(3) == 0 ? null : random.NextInt64(-10_000_000_000, 10_000_000_001),
        };
        var levels = new PriceLevel[CalendarNotice.LevelCount];
        notice.Write(levels);
        var written = notice.ToEvent(7, notice.KnownAt);

        Assert.Null(notice.Problem());
        Assert.Equal(notice, CalendarNotice.Read(in written, levels));
        Assert.Equal((7L, notice.Number, notice.Number, Timestamp.Unknown), (written.Sequence, written.FirstId, written.LastId, written.EventTime));
    });

    [Fact]
    public void Read_EventOfAnotherKind_IsRefused() => Assert.Throws<ArgumentException>(
        () => CalendarNotice.Read(new MarketEvent { Kind = MarketEventKind.Sentiment, BidCount = 3 }, new PriceLevel[3]));

    [Fact]
    public void Problem_NoticeThatNoSourceSends_NamesIt()
    {
        Assert.Null(Payrolls.Problem());
        (string Says, CalendarNotice Notice)[] wrong =
        [
            ("number 0 is not positive", Payrolls with { Number = 0 }),
            ("more than a day ahead", Payrolls with { Number = Payrolls.Number + 86_400_001 }),
            ("ns after 1970", Payrolls with { KnownAt = Timestamp.Unknown }),
            ("last release", Payrolls with { LastRelease = new Timestamp(Payrolls.KnownAt.UnixNanoseconds + 1) }),
            ("last release", Payrolls with { LastRelease = new Timestamp(1) }),
            ("next release", Payrolls with { NextRelease = Payrolls.KnownAt }),
            ("next release", Payrolls with { NextRelease = Payrolls.KnownAt + TimeSpan.FromDays(401) }),
            ("surprise -10000000001", Payrolls with { Surprise = -10_000_000_001 }),
            ("surprise 9223372036854775807", Payrolls with { Surprise = long.MaxValue }),
        ];
        Assert.All(wrong, one => Assert.Contains(one.Says, one.Notice.Problem(), StringComparison.Ordinal));
    }
}
