using System.Collections.Concurrent;

namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>
/// What goes wrong at the venue, by order or by seeded chance. Requests that change nothing are spared the faults that
/// pretend something was done.
/// </summary>
public sealed class VenueFaults
{
    private readonly ConcurrentQueue<FaultKind> _planned = new();
    private readonly ConcurrentQueue<HandshakeRefusal> _refusals = new();
    private readonly Lock _lock = new();
    private volatile TaskCompletionSource? _held;
    private Random _random = new(1);
    private IReadOnlyDictionary<FaultKind, double> _rates = new Dictionary<FaultKind, double>();
    private long _heldCount;
    private double _repeatRate;
    private double _reorderRate;

    /// <summary>Called at each step of each order, with its client id, on the venue's own thread: it waits.</summary>
    public Action<OrderStep, string>? OnStep { get; set; }

    /// <summary>Called with each signed request once it is answered, on the venue's own threads.</summary>
    public Action<VenueRequest>? OnRequest { get; set; }

    /// <summary>Called with the path of each WebSocket handshake, before it is accepted or refused.</summary>
    public Action<string>? OnHandshake { get; set; }

    /// <summary>The venue's clock minus the real one.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>User data connections stay open, and nothing comes over them.</summary>
    public bool IsUserDataSilent { get; set; }

    /// <summary>How many faults have happened.</summary>
    public long Count { get; private set; }

    /// <summary>How many requests had to wait in a stall.</summary>
    public long Held => Interlocked.Read(ref _heldCount);

    /// <summary>The next order or cancel request meets this; one fault for each call.</summary>
    public void Plan(FaultKind fault) => _planned.Enqueue(fault);

    /// <summary>The next WebSocket handshake is refused; one refusal for each call.</summary>
    public void RefuseHandshake(HandshakeRefusal refusal) => _refusals.Enqueue(refusal);

    /// <summary>
    /// Stalls: from now on every signed request waits unanswered and undone, until <see cref="Release"/>. Those whose
    /// receive window has passed by then are refused.
    /// </summary>
    public void Hold() => _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends a stall.</summary>
    public void Release()
    {
        var held = _held;
        _held = null;
        held?.TrySetResult();
    }

    /// <summary>From now on faults come by chance.</summary>
    /// <param name="seed">The same seed and requests give the same faults.</param>
    /// <param name="rates">Chance of each kind for each order or cancel request, 0…1 together.</param>
    /// <param name="repeatRate">Chance of each user-data event to be sent twice.</param>
    /// <param name="reorderRate">Chance of each user-data event to change places with the next.</param>
    public void ByChance(int seed, IReadOnlyDictionary<FaultKind, double> rates, double repeatRate = 0, double reorderRate = 0)
    {
        lock (_lock)
        {
            _random = new Random(seed);
            _rates = rates;
            _repeatRate = repeatRate;
            _reorderRate = reorderRate;
        }
    }

    /// <summary>No more faults by chance, nothing planned or stalled, user data flows.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _rates = new Dictionary<FaultKind, double>();
            _repeatRate = _reorderRate = 0;
        }

        _planned.Clear();
        _refusals.Clear();
        Release();
        IsUserDataSilent = false;
    }

    /// <summary>Null when the handshake is to be accepted.</summary>
    internal HandshakeRefusal? NextHandshake(string path)
    {
        OnHandshake?.Invoke(path);
        if (!_refusals.TryDequeue(out var refusal))
        {
            return null;
        }

        Count++;
        return refusal;
    }

    /// <returns>True when the request had to wait.</returns>
    internal async Task<bool> WaitWhileHeldAsync(CancellationToken cancellationToken)
    {
        if (_held is not { } held)
        {
            return false;
        }

        Count++;
        Interlocked.Increment(ref _heldCount);
        await held.Task.WaitAsync(cancellationToken);
        return true;
    }

    internal FaultKind? Next()
    {
        if (_planned.TryDequeue(out var planned))
        {
            Count++;
            return planned;
        }

        lock (_lock)
        {
            var draw = _random.NextDouble();
            foreach (var (kind, rate) in _rates.OrderBy(r => r.Key))
            {
                draw -= rate;
                if (draw < 0)
                {
                    Count++;
                    return kind;
                }
            }
        }

        return null;
    }

    internal bool RepeatsEvent() => Draw(_repeatRate);

    internal bool HoldsEventBack() => Draw(_reorderRate);

    private bool Draw(double rate)
    {
        lock (_lock)
        {
            return rate > 0 && _random.NextDouble() < rate;
        }
    }
}
