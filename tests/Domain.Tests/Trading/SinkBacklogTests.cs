using BtcAgent.Domain.Trading;

namespace BtcAgent.Domain.Tests.Trading;

public sealed class SinkBacklogTests
{
    private readonly SinkBacklog _backlog = new();

    [Fact]
    public void Age_OldestThatWaits_Counts()
    {
        Assert.Equal(0, Age(100));
        var first = _backlog.Take(At(10));
        var second = _backlog.Take(At(20));
        Assert.Equal(20, Age(30));
        _backlog.Settle(second, stored: true);
        Assert.Equal(20, Age(30));
        _backlog.Settle(first, stored: true);
        Assert.Equal(0, Age(30));
    }

    /// <summary>A sink that loses all it takes has an empty queue, and stores nothing.</summary>
    [Fact]
    public void Age_LostEntries_CountUntilALaterOneIsStored()
    {
        _backlog.Settle(_backlog.Take(At(10)), stored: false);
        _backlog.Settle(_backlog.Take(At(20)), stored: false);
        Assert.Equal(30, Age(40));
        var next = _backlog.Take(At(40));
        Assert.Equal(40, Age(50));
        _backlog.Settle(next, stored: true);
        Assert.Equal(0, Age(50));
    }

    [Fact]
    public void Settle_Twice_ChangesNothing()
    {
        var place = _backlog.Take(At(10));
        _backlog.Settle(place, stored: true);
        _backlog.Settle(place, stored: false);
        Assert.Equal(0, Age(50));
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);

    private double Age(int seconds) => _backlog.Age(At(seconds)).TotalSeconds;
}
