using BtcAgent.Grains.Feeds;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Feeds;

public sealed class FeedLeaseGrainTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly FeedLeaseGrain _leases;

    public FeedLeaseGrainTests() => _leases = new FeedLeaseGrain(_time);

    [Fact]
    public async Task Acquire_HeldByAnother_IsRefusedAndNamesTheHolder()
    {
        await _leases.Acquire("a", Duration);

        var refused = await _leases.Acquire("b", Duration);

        Assert.False(refused.IsGranted);
        Assert.Equal("a", refused.Holder);
    }

    [Fact]
    public async Task Acquire_Renewed_KeepsTheEpochAndMovesTheEnd()
    {
        var first = await _leases.Acquire("a", Duration);
        _time.Advance(Duration / 2);

        var renewed = await _leases.Acquire("a", Duration);

        Assert.Equal(first.Epoch, renewed.Epoch);
        Assert.Equal(first.Until + (Duration / 2), renewed.Until);
    }

    [Fact]
    public async Task Acquire_Expired_GoesToTheNextWithAHigherEpoch()
    {
        var first = await _leases.Acquire("a", Duration);
        _time.Advance(Duration);

        var next = await _leases.Acquire("b", Duration);

        Assert.True(next.IsGranted);
        Assert.True(next.Epoch > first.Epoch);
        Assert.False((await _leases.Acquire("a", Duration)).IsGranted);
    }

    [Fact]
    public async Task Release_ByAnother_ChangesNothing()
    {
        await _leases.Acquire("a", Duration);

        await _leases.Release("b");

        Assert.False((await _leases.Acquire("b", Duration)).IsGranted);
    }

    [Fact]
    public async Task Release_ByTheHolder_FreesItAndTheEpochGrowsWithinTheSameInstant()
    {
        var first = await _leases.Acquire("a", Duration);

        await _leases.Release("a");

        var next = await _leases.Acquire("b", Duration);
        Assert.True(next.IsGranted);
        Assert.True(next.Epoch > first.Epoch);
    }
}
