using BtcAgent.Contracts.Feeds;
using BtcAgent.Grains.Storage;
using Orleans.Storage;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Keeps the lease's holder in memory: when its silo dies, the grain activates elsewhere without a holder, and the first to
/// ask gets it. Epochs come from the store, not from a clock: a new holder's epoch is higher than any before, whatever the
/// clocks show.
/// </summary>
internal sealed class FeedLeaseGrain(
    [PersistentState(GrainStateNames.FeedLease, GrainStateNames.Provider)] IPersistentState<FeedLeaseGrainState> state,
    ISiloStatusOracle silos,
    TimeProvider time) : Grain, IFeedLeaseGrain
{
    /// <summary>Epochs reserved with one write, so that the holder can change while the store is unavailable.</summary>
    private const long EpochsSetAside = 1_000;

    private string _holder = "";
    private long _epoch;
    private TimeSpan _duration;
    private long _renewedAt;

    private bool IsRunning => _holder.Length > 0 && time.GetElapsedTime(_renewedAt) < _duration;

    public async Task<FeedLease> Acquire(string holder, TimeSpan duration, long heldEpoch)
    {
        if (IsRunning && _holder == holder)
        {
            Grant(holder, _epoch, duration);
        }
        else if (_epoch == 0 && heldEpoch > state.State.Epoch - EpochsSetAside && heldEpoch > 0)
        {
            await SetAside(heldEpoch);
            Grant(holder, heldEpoch, duration);
        }
        else if (!IsRunning || HasDied(_holder))
        {
            var next = Next();
            await SetAside(next);
            Grant(holder, next, duration);
        }

        var left = _duration - time.GetElapsedTime(_renewedAt);
        return new FeedLease(_holder == holder, _epoch, _holder, time.GetUtcNow() + left);
    }

    public Task<long> GetEpochMax() => Task.FromResult(_epoch > 0 ? _epoch : state.State.Epoch);

    public Task Release(string holder)
    {
        if (_holder == holder)
        {
            _holder = "";
        }

        return Task.CompletedTask;
    }

    private void Grant(string holder, long epoch, TimeSpan duration)
    {
        (_holder, _epoch, _duration) = (holder, epoch, duration);
        _renewedAt = time.GetTimestamp();
    }

    /// <summary>
    /// The first epoch of a lease that was never stored comes from the clock, since earlier versions took all of theirs
    /// from it; later ones count up.
    /// </summary>
    private long Next() => _epoch > 0 ? _epoch + 1 : state.State.Epoch > 0 ? state.State.Epoch + 1 : time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Stored before a holder gets any of the epochs. A failed write changes nothing, so that the holder keeps the lease.
    /// </summary>
    private async Task SetAside(long epoch)
    {
        var before = state.State.Epoch;
        if (epoch <= before)
        {
            return;
        }

        state.State.Epoch = epoch + EpochsSetAside - 1;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception e)
        {
            state.State.Epoch = before;
            if (e is InconsistentStateException)
            {
                // Another activation has written meanwhile.
                await state.ReadStateAsync();
            }

            throw;
        }
    }

    /// <summary>Whether a silo has died; other holders live until their lease expires.</summary>
    private bool HasDied(string holder) =>
        SiloAddress.TryParse(holder, out var silo) && silos.IsDeadSilo(silo);
}
