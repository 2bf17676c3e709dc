using BtcAgent.Domain.Orders;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>
/// Detects a user-data stream that is silent although something happened: what the answer to a request reported must also
/// arrive on the stream. A quiet account proves nothing either way.
/// </summary>
public sealed class UserDataWatch(TimeProvider time)
{
    private static readonly TimeSpan HeardKept = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _owed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _heard = new(StringComparer.Ordinal);
    private readonly Queue<string> _heardInOrder = new();
    private bool _listening;

    /// <summary>Starts expecting events on the stream.</summary>
    public void Open() => Start(listening: true);

    public void Close() => Start(listening: false);

    /// <summary>An answer reported this change of an order. The stream may have reported it earlier.</summary>
    public void Expect(string clientOrderId, ExecutionReportKind kind)
    {
        if (kind is not (ExecutionReportKind.Accepted or ExecutionReportKind.Canceled))
        {
            return;
        }

        lock (_lock)
        {
            var key = Key(clientOrderId, kind);
            if (_listening && !_heard.ContainsKey(key))
            {
                _owed.TryAdd(key, time.GetTimestamp());
            }
        }
    }

    /// <summary>The stream reported this change of an order.</summary>
    public void Received(string clientOrderId, ExecutionReportKind kind)
    {
        lock (_lock)
        {
            Note(Key(clientOrderId, ExecutionReportKind.Accepted));
            if (kind is not ExecutionReportKind.Accepted)
            {
                Note(Key(clientOrderId, ExecutionReportKind.Canceled));
            }

            while (_heardInOrder.TryPeek(out var oldest) && time.GetElapsedTime(_heard[oldest]) > HeardKept)
            {
                _heard.Remove(_heardInOrder.Dequeue());
            }
        }
    }

    /// <summary>Age of the oldest expected event; zero when none is outstanding.</summary>
    public TimeSpan OldestOwed()
    {
        lock (_lock)
        {
            return _owed.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(_owed.Values.Min());
        }
    }

    private void Start(bool listening)
    {
        lock (_lock)
        {
            _listening = listening;
            _owed.Clear();
            _heard.Clear();
            _heardInOrder.Clear();
        }
    }

    private void Note(string key)
    {
        _owed.Remove(key);
        if (_heard.TryAdd(key, time.GetTimestamp()))
        {
            _heardInOrder.Enqueue(key);
        }
    }

    private static string Key(string clientOrderId, ExecutionReportKind kind) => $"{kind}/{clientOrderId}";
}
