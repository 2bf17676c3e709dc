using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Contracts.Access;
using BtcAgent.Domain.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Operators;

/// <summary>
/// The issued keys as this gateway sees them: read from the grain at most every <see cref="AgeMax"/>, so that a key revoked at
/// another gateway is refused here within that time, and a flood of wrong keys causes one call. Without an answer no issued key
/// is accepted until the next call. Thread-safe.
/// </summary>
internal sealed partial class KeyDirectory(IServiceProvider services, TimeProvider time, ILogger<KeyDirectory> logger)
{
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, long> _noted = new(StringComparer.Ordinal);
    private Task<KeyRing> _reading = Task.FromResult(KeyRing.Empty);
    private long? _readAt;

    /// <summary>Null in a process that serves metrics only.</summary>
    private IAccessGrain? Grain => services.GetService<IGrainFactory>()?.GetGrain<IAccessGrain>(IAccessGrain.Key);

    /// <returns>The holder; null for a key that is unknown, expired, revoked or wrong.</returns>
    /// <exception cref="KeysUnavailableException">The grain does not answer.</exception>
    public async ValueTask<Caller?> JudgeAsync(ApiKeyText shown)
    {
        var digest = shown.Digest;
        var now = Now();
        return (await ReadAsync()).Find(shown.Id) is { } key && IsOf(key, digest, now) && key.StateAt(now) == ApiKeyState.Active ? Use(key) : null;
    }

    /// <summary>The holder of a key by which a session was opened; null when the key has ended since.</summary>
    /// <inheritdoc cref="JudgeAsync"/>
    public async ValueTask<Caller?> FindAsync(string id) =>
        (await ReadAsync()).Find(id) is { } key && key.StateAt(Now()) == ApiKeyState.Active ? Use(key) : null;

    /// <summary>Makes the next request read the keys: after a change through this gateway.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _readAt = null;
        }
    }

    private async Task<KeyRing> ReadAsync()
    {
        Task<KeyRing> reading;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_readAt is not { } at || time.GetElapsedTime(at, now) >= AgeMax)
            {
                _readAt = now;
                _reading = Grain is { } grain ? grain.GetKeys().WaitAsync(AnswerWithin, time) : Task.FromResult(KeyRing.Empty);
            }

            reading = _reading;
        }

        try
        {
            return await reading;
        }
        catch (Exception e) when (e is TimeoutException or Orleans.Runtime.OrleansException)
        {
            throw new KeysUnavailableException(e);
        }
    }

    /// <summary>Compares in constant time; both sides are digests.</summary>
    private static bool IsOf(ApiKey key, string digest, Timestamp now) =>
        Same(key.Digest, digest) || (key.FormerDigest is { } former && key.FormerUntil is { } until && now < until && Same(former, digest));

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    private Caller Use(ApiKey key)
    {
        var now = time.GetTimestamp();
        if (!_noted.TryGetValue(key.Id, out var noted) || time.GetElapsedTime(noted, now) >= KeyRing.UseEvery)
        {
            _noted[key.Id] = now;
            _ = NoteAsync(key.Id);
        }

        return Caller.Of(key);
    }

    /// <summary>No request waits for this: the time of the last use is for people.</summary>
    private async Task NoteAsync(string id)
    {
        try
        {
            await Grain!.NoteUse(id);
        }
        catch (Exception e)
        {
            LogUseNotNoted(logger, id, e.Message);
        }
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
