using BtcAgent.Contracts.Feeds;
using BtcAgent.Grains.Feeds;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Feeds;

public sealed class FeedLeaseGrainTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly DeadSilos _silos = new();
    private readonly FeedLeaseGrain _leases;

    public FeedLeaseGrainTests() => _leases = new FeedLeaseGrain(_silos, _time);

    [Fact]
    public async Task Acquire_HeldByAnother_IsRefusedAndNamesTheHolder()
    {
        await Acquire("a");

        var refused = await Acquire("b");

        Assert.False(refused.IsGranted);
        Assert.Equal("a", refused.Holder);
    }

    [Fact]
    public async Task Acquire_Renewed_KeepsTheEpochAndMovesTheEnd()
    {
        var first = await Acquire("a");
        _time.Advance(Duration / 2);

        var renewed = await Acquire("a");

        Assert.Equal(first.Epoch, renewed.Epoch);
        Assert.Equal(first.Until + (Duration / 2), renewed.Until);
    }

    [Fact]
    public async Task Acquire_Expired_GoesToTheNextWithAHigherEpoch()
    {
        var first = await Acquire("a");
        _time.Advance(Duration);

        var next = await Acquire("b");

        Assert.True(next.IsGranted);
        Assert.True(next.Epoch > first.Epoch);
        Assert.False((await Acquire("a", first.Epoch)).IsGranted);
    }

    [Fact]
    public async Task Acquire_HolderIsADeadSilo_GoesToTheNextAtOnce()
    {
        var dead = SiloAddress.FromParsableString("127.0.0.1:11111@42");
        var first = await Acquire(dead.ToParsableString());
        Assert.False((await Acquire("b")).IsGranted);
        _silos.Add(dead);

        var next = await Acquire("b");

        Assert.True(next.IsGranted);
        Assert.True(next.Epoch > first.Epoch);
    }

    [Fact]
    public async Task Acquire_GrainCameUpElsewhere_LeavesTheHolderItsEpoch()
    {
        var held = await Acquire("a");
        var elsewhere = new FeedLeaseGrain(_silos, _time);

        var again = await elsewhere.Acquire("a", Duration, held.Epoch);

        Assert.True(again.IsGranted);
        Assert.Equal(held.Epoch, again.Epoch);
        Assert.False((await elsewhere.Acquire("b", Duration, 0)).IsGranted);
    }

    [Fact]
    public async Task Acquire_OldHolderAfterTheGrainMoved_IsRefusedByTheNewOnesEpoch()
    {
        var old = await Acquire("a");
        _time.Advance(Duration);
        var elsewhere = new FeedLeaseGrain(_silos, _time);
        var next = await elsewhere.Acquire("b", Duration, 0);

        var refused = await elsewhere.Acquire("a", Duration, old.Epoch);

        Assert.False(refused.IsGranted);
        Assert.True(next.Epoch > old.Epoch);
    }

    [Fact]
    public async Task Release_ByAnother_ChangesNothing()
    {
        await Acquire("a");

        await _leases.Release("b");

        Assert.False((await Acquire("b")).IsGranted);
    }

    [Fact]
    public async Task Release_ByTheHolder_FreesItAndTheEpochGrowsWithinTheSameInstant()
    {
        var first = await Acquire("a");

        await _leases.Release("a");

        var next = await Acquire("b");
        Assert.True(next.IsGranted);
        Assert.True(next.Epoch > first.Epoch);
    }

    private Task<FeedLease> Acquire(string holder, long heldEpoch = 0) =>
        _leases.Acquire(holder, Duration, heldEpoch);
}
