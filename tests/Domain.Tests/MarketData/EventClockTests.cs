using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Tests.MarketData;

public sealed class EventClockTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_700_000_000_000);
    private readonly EventClock _clock = new();

    [Fact]
    public void Advance_OneTimeFarAhead_DoesNotCountAndTheNextDoes()
    {
        At(0);
        Assert.Equal(EventTimeVerdict.Ahead, At(86_400, receivedAt: 1));
        Assert.Equal(EventTimeVerdict.Newer, At(2));
        Assert.Equal(Start + TimeSpan.FromSeconds(2), _clock.Now);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-3_600)]
    [InlineData(-86_400)]
    [InlineData(3_600)]
    [InlineData(86_400)]
    public void Advance_OurClockSteps_TheVenuesTimesGoOnCounting(int step)
    {
        for (var second = 0; second < 10; second++)
        {
            Assert.Equal(EventTimeVerdict.Newer, At(second));
        }

        for (var second = 10; second < 20; second++)
        {
            Assert.Equal(EventTimeVerdict.Newer, At(second, receivedAt: second + step));
        }
    }

    [Fact]
    public void Advance_OurClockBehindFromTheStart_IsBelievedToBeWrongAfterTenSeconds()
    {
        for (var second = 0; second < 10; second++)
        {
            Assert.Equal(EventTimeVerdict.Ahead, At(second, receivedAt: second - 86_400));
        }

        Assert.Equal(EventTimeVerdict.Newer, At(10, receivedAt: 10 - 86_400));
    }

    [Fact]
    public void Advance_WrongTimesBetweenRightOnes_AreNeverBelieved()
    {
        for (var second = 0; second < 100; second++)
        {
            Assert.Equal(EventTimeVerdict.Newer, At(second));
            Assert.Equal(EventTimeVerdict.Ahead, At(86_400 + second, receivedAt: second));
        }
    }

    /// <summary>A wrong time with a matching receive time is accepted; the events after it turn the clock back.</summary>
    [Fact]
    public void Advance_NothingButEarlierTimes_TurnsTheClockBackAfterTenSeconds()
    {
        At(0);
        Assert.Equal(EventTimeVerdict.Newer, At(86_400));
        for (var second = 1; second < 11; second++)
        {
            Assert.Equal(EventTimeVerdict.NotNewer, At(second));
        }

        Assert.Equal(EventTimeVerdict.TurnsBack, At(11));
        Assert.Equal(Start + TimeSpan.FromSeconds(11), _clock.Now);
        Assert.Equal(EventTimeVerdict.Newer, At(12));
    }

    [Fact]
    public void Advance_LateTradesBetweenOthers_NeverTurnTheClockBack()
    {
        for (var second = 0; second < 100; second++)
        {
            Assert.Equal(EventTimeVerdict.Newer, At(1_000 + second));
            Assert.Equal(EventTimeVerdict.NotNewer, At(second));
        }
    }

    [Fact]
    public void Judge_DoesNotMoveTheClock()
    {
        At(0);
        Assert.Equal(EventTimeVerdict.Newer, _clock.Judge(Event(5, 5)));
        Assert.Equal(Start, _clock.Now);
    }

    private static MarketEvent Event(int seconds, int receivedAt) => new()
    {
        Kind = MarketEventKind.Trade,
        EventTime = Start + TimeSpan.FromSeconds(seconds),
        ReceiveTime = Start + TimeSpan.FromSeconds(receivedAt),
    };

    private EventTimeVerdict At(int seconds, int? receivedAt = null) => _clock.Advance(Event(seconds, receivedAt ?? seconds));
}
