using BtcAgent.Domain.Orders;

namespace BtcAgent.Exchanges.Binance.Trading;

/// <summary>
/// Notices a user-data stream that is silent although something has happened: what a request's answer reported has to
/// come over the stream as well. A quiet account proves nothing either way.
/// </summary>
public sealed class UserDataWatch(TimeProvider time)
{
    private static readonly TimeSpan HeardKept = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _owed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _heard = new(StringComparer.Ordinal);
    private readonly Queue<string> _heardInOrder = new();
    private bool _listening;

    /// <summary>From now on the stream has to show what happens.</summary>
    public void Open() => Start(listening: true);

    public void Close() => Start(listening: false);

    /// <summary>An answer said that this happened to an order. The stream may have been quicker.</summary>
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

    /// <summary>The stream said so.</summary>
    public void Heard(string clientOrderId, ExecutionReportKind kind)
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

    /// <summary>Age of the oldest event that should have come; zero when none is owed.</summary>
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
