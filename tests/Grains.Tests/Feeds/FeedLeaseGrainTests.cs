using BtcAgent.Contracts.Feeds;
using BtcAgent.Grains.Feeds;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Feeds;

public sealed class FeedLeaseGrainTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private readonly SteppingTime _time = new();
    private readonly DeadSilos _silos = new();
    private readonly StoredState<FeedLeaseGrainState> _stored = new();
    private readonly FeedLeaseGrain _leases;

    public FeedLeaseGrainTests() => _leases = NewActivation();

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
        var elsewhere = NewActivation();

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
        var elsewhere = NewActivation();
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

    [Theory]
    [InlineData(1)]
    [InlineData(86_400)]
    public async Task Acquire_AfterTheClockWasAheadAndIsRightAgain_EpochIsStillHigher(int secondsAhead)
    {
        _time.Step(TimeSpan.FromSeconds(secondsAhead));
        var ahead = await Acquire("a");
        _time.Step(TimeSpan.FromSeconds(-secondsAhead));

        var right = await NewActivation().Acquire("b", Duration, heldEpoch: 0);

        Assert.True(right.IsGranted);
        Assert.True(right.Epoch > ahead.Epoch);
    }

    [Theory]
    [InlineData(-86_400)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(86_400)]
    public async Task Acquire_ClockIsSetWhileHeld_LeaseEndsWhenItsTimeHasPassed(int seconds)
    {
        await Acquire("a");
        _time.Step(TimeSpan.FromSeconds(seconds));

        Assert.False((await Acquire("b")).IsGranted);
        _time.Advance(Duration);
        Assert.True((await Acquire("b")).IsGranted);
    }

    [Fact]
    public async Task Acquire_StoreCannotBeWritten_NobodyHasIt()
    {
        _stored.Fails = true;

        await Assert.ThrowsAsync<IOException>(() => Acquire("a"));

        _stored.Fails = false;
        Assert.True((await Acquire("b")).IsGranted);
    }

    [Fact]
    public async Task Acquire_StoreCannotBeWrittenAnyMore_HoldersMayStillChange()
    {
        var first = await Acquire("a");
        _stored.Fails = true;
        _time.Advance(Duration);

        var next = await Acquire("b");

        Assert.True(next.IsGranted);
        Assert.True(next.Epoch > first.Epoch);
    }

    [Fact]
    public async Task Acquire_ThousandsOfHolders_StoresOncePerThousandAndNeverRepeats()
    {
        var epochs = new List<long>();
        for (var i = 0; i < 2_500; i++)
        {
            epochs.Add((await Acquire("a")).Epoch);
            await _leases.Release("a");
        }

        Assert.Equal(epochs.Order().Distinct(), epochs);
        Assert.Equal(3, _stored.Writes);
        Assert.True((await NewActivation().Acquire("b", Duration, 0)).Epoch > epochs[^1]);
    }

    private FeedLeaseGrain NewActivation() => new(_stored, _silos, _time);

    private Task<FeedLease> Acquire(string holder, long heldEpoch = 0) =>
        _leases.Acquire(holder, Duration, heldEpoch);
}
