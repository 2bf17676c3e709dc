using System.Net;
using Microsoft.AspNetCore.Connections;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// Warns of refused handshakes: the first for an address and reason immediately, then one line per interval with the count
/// since the last. A thousand attempts a second must not fill the disk.
/// </summary>
internal sealed partial class HandshakeLog(ClusterTlsOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Maximum number of separate counts by address and reason; further ones share one count.</summary>
    public const int KindsMax = 256;

    private static readonly (TlsRole, string, string) Others = (TlsRole.Accepting, "other addresses", "several reasons");

    private readonly Lock _gate = new();
    private readonly Dictionary<(TlsRole End, string Peer, string Reason), Kind> _kinds = [];
    private readonly TimeSpan _interval = options.RefusalLogInterval;

    public void Refused(TlsRole end, ConnectionContext context, string reason)
    {
        var address = (context.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "an unknown address";
        var peer = context.RemoteEndPoint?.ToString() ?? context.ConnectionId;
        if (Due((end, address, reason)) is { } since)
        {
            LogRefused(logger, end, peer, reason, since);
        }
    }

    /// <summary>Returns the count since the last line, including this one; null while no line is due.</summary>
    private long? Due((TlsRole, string, string) key)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (!_kinds.TryGetValue(key, out var kind))
            {
                if (_kinds.Count >= KindsMax)
                {
                    Forget(now);
                }

                key = _kinds.Count < KindsMax ? key : Others;
                if (!_kinds.TryGetValue(key, out kind))
                {
                    kind = _kinds[key] = new Kind();
                }
            }

            kind.Count++;
            if (kind.LoggedAt is { } last && time.GetElapsedTime(last, now) < _interval)
            {
                return null;
            }

            (var since, kind.Count, kind.LoggedAt) = (kind.Count, 0, now);
            return since;
        }
    }

    private void Forget(long now)
    {
        foreach (var (key, kind) in _kinds.ToArray())
        {
            if (key != Others && kind.LoggedAt is { } last && time.GetElapsedTime(last, now) >= _interval)
            {
                _kinds.Remove(key);
            }
        }
    }

    private sealed class Kind
    {
        public long Count { get; set; }

        public long? LoggedAt { get; set; }
    }
}
