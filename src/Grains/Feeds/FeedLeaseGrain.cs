using BtcAgent.Contracts.Feeds;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Keeps the lease in memory: when its silo dies the grain comes up elsewhere without one, and whoever asks first has it.
/// A new holder's epoch is higher than any before, because epochs are taken from the clock.
/// </summary>
internal sealed class FeedLeaseGrain(ISiloStatusOracle silos, TimeProvider time) : Grain, IFeedLeaseGrain
{
    private FeedLease _lease = new(false, 0, "", DateTimeOffset.MinValue);

    public Task<FeedLease> Acquire(string holder, TimeSpan duration, long heldEpoch)
    {
        var now = time.GetUtcNow();
        if (_lease.Holder == holder && now < _lease.Until)
        {
            _lease = _lease with { Until = now + duration };
        }
        else if (heldEpoch > _lease.Epoch && _lease.Holder.Length == 0)
        {
            _lease = new FeedLease(true, heldEpoch, holder, now + duration);
        }
        else if (_lease.Holder.Length == 0 || now >= _lease.Until || HasDied(_lease.Holder))
        {
            _lease = new FeedLease(true, Math.Max(_lease.Epoch + 1, now.ToUnixTimeMilliseconds()), holder, now + duration);
        }

        return Task.FromResult(_lease with { IsGranted = _lease.Holder == holder });
    }

    public Task Release(string holder)
    {
        if (_lease.Holder == holder)
        {
            _lease = _lease with { IsGranted = false, Holder = "", Until = DateTimeOffset.MinValue };
        }

        return Task.CompletedTask;
    }

    /// <summary>Holders that are no silos live until their lease runs out.</summary>
    private bool HasDied(string holder)
    {
        try
        {
            return silos.IsDeadSilo(SiloAddress.FromParsableString(holder));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
