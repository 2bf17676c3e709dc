using System.Collections.Concurrent;

namespace BtcAgent.Exchanges.Simulator.Faults;

/// <summary>
/// The faults of the venue, planned or by seeded chance. Requests that change nothing are exempt from the faults that
/// execute a request and hide it.
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

    /// <summary>
    /// Called at each step of each order, with its client id, on the venue's own thread: the venue waits for its return.
    /// </summary>
    public Action<OrderStep, string>? OnStep { get; set; }

    /// <summary>Called with each signed request after it is answered, on the venue's own threads.</summary>
    public Action<VenueRequest>? OnRequest { get; set; }

    /// <summary>Called with the path of each WebSocket handshake, before it is accepted or refused.</summary>
    public Action<string>? OnHandshake { get; set; }

    /// <summary>The venue's clock minus the real one.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>When true, user-data connections stay open but carry no events.</summary>
    public bool IsUserDataSilent { get; set; }

    /// <summary>Number of faults so far.</summary>
    public long Count { get; private set; }

    /// <summary>Number of requests that waited in a stall.</summary>
    public long Held => Interlocked.Read(ref _heldCount);

    /// <summary>Applies the fault to the next order or cancel request; each call plans one fault.</summary>
    public void Plan(FaultKind fault) => _planned.Enqueue(fault);

    /// <summary>Refuses the next WebSocket handshake; each call plans one refusal.</summary>
    public void RefuseHandshake(HandshakeRefusal refusal) => _refusals.Enqueue(refusal);

    /// <summary>
    /// Stalls the venue: every signed request waits, unexecuted and unanswered, until <see cref="Release"/>. Requests whose
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

    /// <summary>Starts random faults.</summary>
    /// <param name="seed">The same seed and requests give the same faults.</param>
    /// <param name="rates">Probability of each kind per order or cancel request; 0…1, and at most 1 in sum.</param>
    /// <param name="repeatRate">Probability that a user-data event is sent twice, 0…1.</param>
    /// <param name="reorderRate">Probability that a user-data event swaps places with the next one, 0…1.</param>
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

    /// <summary>Ends random and planned faults, stalls and silence.</summary>
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

    /// <summary>Null when the handshake is accepted.</summary>
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
