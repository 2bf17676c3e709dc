using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Client.Access;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client.Operators;

/// <summary>
/// The sign-ins of this process: random ids, stored in memory and only as digests, so that a restart, a sign-out or their age
/// ends them. Ages follow the monotonic clock. Thread-safe.
/// </summary>
internal sealed class OperatorSessions(IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>Maximum number of sign-ins; one more ends the one that was idle longest.</summary>
    public const int SessionsMax = 256;

    private const int IdBytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly TimeSpan _idleMax = options.Value.SessionIdle;
    private readonly TimeSpan _ageMax = options.Value.SessionAgeMax;

    /// <returns>The id, which only the caller knows.</returns>
    public string Open(Caller caller)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        var now = time.GetTimestamp();
        lock (_gate)
        {
            RemoveWhere(session => IsOver(session, now));
            if (_sessions.Count >= SessionsMax)
            {
                _sessions.Remove(_sessions.MinBy(s => s.Value.SeenAt).Key);
            }

            _sessions[DigestOf(id)] = new Session(caller, now, now);
        }

        return id;
    }

    /// <returns>The caller that opened it; null when the id is unknown or has expired.</returns>
    public Caller? Find(string id)
    {
        var digest = DigestOf(id);
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (!_sessions.TryGetValue(digest, out var session))
            {
                return null;
            }

            if (IsOver(session, now))
            {
                _sessions.Remove(digest);
                return null;
            }

            _sessions[digest] = session with { SeenAt = now };
            return session.Caller;
        }
    }

    /// <summary>Returns true until the session is closed or over; reading a stream does not prolong it.</summary>
    public bool IsOpen(string id)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(DigestOf(id), out var session) && !IsOver(session, time.GetTimestamp());
        }
    }

    public void Close(string id)
    {
        lock (_gate)
        {
            _sessions.Remove(DigestOf(id));
        }
    }

    /// <param name="openedFor">Sessions that were opened more recently stay open.</param>
    /// <returns>The number of closed sessions.</returns>
    public int CloseAll(TimeSpan openedFor)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            var count = _sessions.Count;
            RemoveWhere(session => time.GetElapsedTime(session.OpenedAt, now) >= openedFor);
            return count - _sessions.Count;
        }
    }

    private static string DigestOf(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private bool IsOver(Session session, long now) =>
        time.GetElapsedTime(session.SeenAt, now) >= _idleMax || time.GetElapsedTime(session.OpenedAt, now) >= _ageMax;

    private void RemoveWhere(Predicate<Session> over)
    {
        foreach (var (digest, _) in _sessions.Where(s => over(s.Value)).ToArray())
        {
            _sessions.Remove(digest);
        }
    }

    /// <param name="Caller">The caller that opened it.</param>
    /// <param name="OpenedAt">Monotonic timestamp.</param>
    /// <param name="SeenAt">Monotonic timestamp of the last request.</param>
    private readonly record struct Session(Caller Caller, long OpenedAt, long SeenAt);
}
