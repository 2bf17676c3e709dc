using System.Collections.Concurrent;
using BtcAgent.Client.Operators;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Streams;

/// <summary>
/// Ends streams whose caller may no longer read. A stream is admitted once and may last for days, so one task judges the callers of all
/// streams again every <see cref="JudgeEvery"/>. With the age of the keys in <see cref="KeyDirectory"/>, a stream ends within
/// <see cref="EndWithin"/> of the revocation or the end of its key, also while the keys cannot be read. The same task ends streams whose
/// caller does not read.
/// </summary>
internal sealed partial class StreamCallers(IHostApplicationLifetime lifetime, TimeProvider time, ILogger<StreamCallers> logger) : BackgroundService
{
    public static readonly TimeSpan JudgeEvery = TimeSpan.FromSeconds(2);

    /// <summary>Longest time from the end of a key to the end of its streams.</summary>
    public static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    /// <summary>A write that is not done after this time ends its stream.</summary>
    public static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(30);

    /// <summary>A caller is admitted for this long without an answer; then its age of the keys and a time-out are added.</summary>
    private static readonly TimeSpan UnansweredMax = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<StreamLease, byte> _leases = new();

    /// <summary>Streams at present.</summary>
    public int Count => _leases.Count;

    /// <param name="context">The request, which was admitted.</param>
    /// <param name="left">Cancelled when the caller leaves.</param>
    public StreamLease Admit(HttpContext context, CancellationToken left)
    {
        var identity = CallerIdentity.IdentityOf(context);
        var lease = new StreamLease(identity, time.GetTimestamp(), left, lifetime.ApplicationStopping, ended => _leases.TryRemove(ended, out _));
        _leases.TryAdd(lease, 0);
        return lease;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(JudgeEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.WhenAll(_leases.Keys.Select(JudgeAsync));
        }
    }

    private async Task JudgeAsync(StreamLease lease)
    {
        if (lease.WritingSince is var since and not 0 && time.GetElapsedTime(since) >= WriteMax)
        {
            await lease.EndAsync(StreamEnd.TooSlow);
            return;
        }

        try
        {
            if (!await lease.Identity.IsStillAllowedAsync(Timestamp.FromDateTimeOffset(time.GetUtcNow())))
            {
                await lease.EndAsync(StreamEnd.NotAllowed);
                return;
            }

            lease.ConfirmedAt = time.GetTimestamp();
        }
        catch (Exception e)
        {
            if (time.GetElapsedTime(lease.ConfirmedAt) >= UnansweredMax)
            {
                LogNotJudged(logger, lease.Identity.Caller.Name, e.Message);
                await lease.EndAsync(StreamEnd.KeysUnavailable);
            }
        }
    }

    [LoggerMessage(EventId = 602, Level = LogLevel.Warning, Message = "The stream of {Caller} ends, because its key cannot be checked: {Reason}")]
    private static partial void LogNotJudged(ILogger logger, string caller, string reason);
}
