using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;

namespace BtcAgent.History.Tests.Sinks;

/// <summary>A log with one partition, whose facts may repeat.</summary>
internal sealed class MemoryFactLog(FactTopic topic = FactTopic.AgentEvents, string name = "memory") : IFactLog
{
    private readonly List<LogEntry> _entries = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LogPartition Partition { get; } = new(name, topic, 0);

    public bool MarketDataMayRepeat => true;

    public long First { get; set; }

    public Task NextAppend
    {
        get
        {
            lock (_lock)
            {
                return _appended.Task;
            }
        }
    }

    public void Append(byte[] payload)
    {
        lock (_lock)
        {
            _entries.Add(new LogEntry(_entries.Count, new Timestamp(1), "key", payload));
            _appended.SetResult();
            _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public IReadOnlyList<LogPartition> Partitions(IReadOnlyCollection<FactTopic> topics) => [Partition];

    public ValueTask<(long First, long Next)> BoundsAsync(LogPartition partition, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult((First, (long)_entries.Count));
        }
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(LogPartition partition, long offset, int entriesMax, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<LogEntry>>([.. _entries.Skip((int)Math.Max(First, offset)).Take(entriesMax)]);
        }
    }
}
