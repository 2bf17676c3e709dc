using System.Diagnostics.Metrics;
using System.Net;
using BtcAgent.Contracts.Access;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Attacks;

/// <summary>
/// Logs each kind of attack at most once a minute with a count: the first immediately, the following ones together at the end
/// of the minute. Memory does not grow with the number of attacks or addresses. Thread-safe.
/// </summary>
internal sealed partial class AttackLog : IAttackBoard, IDisposable
{
    public const string Meter = "BtcAgent.Gateway";

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Line[] _lines;
    private readonly ILogger<AttackLog> _logger;
    private readonly Counter<long> _counter;
    private long _wrongKeys;

    public AttackLog(ILogger<AttackLog> logger, TimeProvider time, IMeterFactory meters)
    {
        _logger = logger;
        _counter = meters.Create(Meter).CreateCounter<long>("btcagent.gateway.refusals", description: "Refused at the gateway, by kind.");
        _lines = [.. Enum.GetValues<AttackKind>().Select(kind => new Line(kind, this, time))];
    }

    public long WrongKeys => Interlocked.Read(ref _wrongKeys);

    public void Saw(AttackKind kind, IPAddress? from)
    {
        if (kind == AttackKind.WrongKey)
        {
            Interlocked.Increment(ref _wrongKeys);
        }

        _counter.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));
        _lines[(int)kind].Saw(from);
    }

    public void Dispose()
    {
        foreach (var line in _lines)
        {
            line.Dispose();
        }
    }

    private static string Describe(AttackKind kind) => kind switch
    {
        AttackKind.WrongKey => "wrong keys",
        AttackKind.UnknownSession => "cookies without a session (forged, expired, or from before a restart)",
        AttackKind.ForeignOrigin => "a cookie used from another origin; behind a TLS proxy set Gateway:KnownProxies",
        AttackKind.ForeignHost => "host names that are not in Gateway:AllowedHosts",
        AttackKind.ForwardedByStranger => "X-Forwarded headers of a sender that is not in Gateway:KnownProxies or KnownNetworks, ignored",
        AttackKind.AnonymousFlood => "too many requests without a key",
        AttackKind.IdentityFlood => "too many requests with one key",
        AttackKind.ConnectionFlood => "too many connections without a key; the oldest was closed",
        AttackKind.OversizeRequest => "requests larger than allowed",
        AttackKind.SlowRequest => "requests that arrive too slowly",
        AttackKind.UnreadableRequest => "bytes that are not HTTP",
        AttackKind.EncodedBody => "compressed bodies, which are not read",
        _ => kind.ToString(),
    };

    /// <summary>Log line and counter of one kind.</summary>
    private sealed class Line : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly AttackKind _kind;
        private readonly AttackLog _log;
        private readonly ITimer _minute;
        private bool _isQuiet = true;
        private long _count;
        private IPAddress? _last;

        public Line(AttackKind kind, AttackLog log, TimeProvider time)
        {
            _kind = kind;
            _log = log;
            _minute = time.CreateTimer(_ => EndMinute(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Saw(IPAddress? from)
        {
            lock (_gate)
            {
                _last = from;
                _count++;
                if (_isQuiet)
                {
                    Write();
                }
            }
        }

        public void Dispose() => _minute.Dispose();

        private void EndMinute()
        {
            lock (_gate)
            {
                _isQuiet = true;
                if (_count > 0)
                {
                    Write();
                }
            }
        }

        private void Write()
        {
            LogRefused(_log._logger, _kind, Describe(_kind), _count, _last);
            _count = 0;
            _isQuiet = false;
            _minute.Change(Every, Timeout.InfiniteTimeSpan);
        }
    }
}
