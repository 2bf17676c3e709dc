using BtcAgent.Contracts.Feeds;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Keeps the lease in memory: when its silo dies the lease ends with it, and the next holder's epoch is higher
/// because epochs are taken from the clock.
/// </summary>
internal sealed class FeedLeaseGrain(TimeProvider time) : Grain, IFeedLeaseGrain
{
    private FeedLease _lease = new(false, 0, "", DateTimeOffset.MinValue);

    public Task<FeedLease> Acquire(string holder, TimeSpan duration)
    {
        var now = time.GetUtcNow();
        if (_lease.Holder == holder && now < _lease.Until)
        {
            _lease = _lease with { Until = now + duration };
        }
        else if (_lease.Holder.Length == 0 || now >= _lease.Until)
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
}
