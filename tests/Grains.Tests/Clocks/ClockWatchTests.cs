using BtcAgent.Domain;
using BtcAgent.Grains.Clocks;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Clocks;

public sealed class ClockWatchTests : IDisposable
{
    private readonly SteppingTime _wall = new();
    private readonly VenueClock _venue = new();
    private readonly RecordedLog<ClockWatch> _log = new();
    private readonly SteadyTime _time;
    private readonly ClockWatch _watch;

    public ClockWatchTests()
    {
        _time = new SteadyTime(_wall);
        _watch = new ClockWatch(_time, _venue, new LastStored(null), _log);
    }

    public void Dispose() => _watch.Dispose();

    [Theory]
    [InlineData(-86_400)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(86_400)]
    public void Look_ClockIsSetWrong_AgentGoesOnByTheTimeBeforeAndSaysSo(int seconds)
    {
        SeeVenue(ahead: TimeSpan.FromMilliseconds(-3));
        var before = _time.GetUtcNow();
        _wall.Advance(TimeSpan.FromSeconds(10));
        _wall.Step(TimeSpan.FromSeconds(seconds));

        _watch.Look();

        Assert.Equal(before + TimeSpan.FromSeconds(10), _time.GetUtcNow());
        var status = _watch.Read();
        Assert.Equal((1, seconds * 1_000.0, seconds * 1_000.0), (status.Steps, status.LastStepMs, status.WallAheadMs));
        Assert.Equal(121, _log.Entries[^1].Event);
    }

    [Theory]
    [InlineData(-86_400)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(86_400)]
    public void Look_ClockIsSetRight_AgentFollowsAndSaysSo(int seconds)
    {
        SeeVenue(ahead: TimeSpan.FromSeconds(seconds));
        _wall.Step(TimeSpan.FromSeconds(seconds));

        _watch.Look();

        Assert.Equal(_wall.GetUtcNow(), _time.GetUtcNow());
        Assert.Equal(120, _log.Entries[^1].Event);
        Assert.Equal(0, _watch.Read().WallAheadMs);
    }

    [Fact]
    public void Look_ClockIsSetAndNoVenueWasSeen_AgentFollows()
    {
        _wall.Step(TimeSpan.FromHours(1));

        _watch.Look();

        Assert.Equal(_wall.GetUtcNow(), _time.GetUtcNow());
    }

    [Fact]
    public void Look_ClockIsSetWrongAndThenRight_TheAgentsTimeNeverSteps()
    {
        SeeVenue(ahead: TimeSpan.Zero);
        var before = _time.GetUtcNow();
        _wall.Step(TimeSpan.FromDays(1));
        _watch.Look();
        _watch.Look();
        _wall.Step(TimeSpan.FromDays(-1));

        _watch.Look();

        Assert.Equal(before, _time.GetUtcNow());
        Assert.Equal(2, _watch.Read().Steps);
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public void Look_ClockDrifts_IsFollowedWithoutAWord()
    {
        SeeVenue(ahead: TimeSpan.Zero);
        for (var i = 0; i < 100; i++)
        {
            _wall.Advance(TimeSpan.FromSeconds(1));
            _wall.Step(TimeSpan.FromMilliseconds(20));
            _watch.Look();
        }

        Assert.Equal(_wall.GetUtcNow(), _time.GetUtcNow());
        Assert.Equal(0, _watch.Read().Steps);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Start_StateWasStoredInTheFuture_SaysByHowMuch()
    {
        var wall = new SteppingTime(runs: true);
        using var watch = new ClockWatch(new SteadyTime(wall), _venue, new LastStored(wall.GetUtcNow() + TimeSpan.FromDays(1)), _log);

        await watch.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(122, _log.Entries[^1].Event);
        Assert.Equal(86_400_000, watch.Read().BehindStoreMs, 60_000.0);
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    private void SeeVenue(TimeSpan ahead)
    {
        var now = Timestamp.FromDateTimeOffset(_time.GetUtcNow());
        _venue.Saw(now + ahead, now);
    }
}
