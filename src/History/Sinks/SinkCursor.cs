using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using Google.Protobuf;

namespace BtcAgent.History.Sinks;

/// <summary>Place of a sink in one partition.</summary>
internal sealed class SinkCursor(LogPartition partition, long next, bool marketDataMayRepeat)
{
    private readonly RepeatFilter? _filter = partition.Topic != FactTopic.MarketData || marketDataMayRepeat ? new RepeatFilter() : null;

    public LogPartition Partition { get; } = partition;

    /// <summary>Offsets before a checkpoint that it must see to continue there as if it had never stopped.</summary>
    public int Memory => _filter is null ? 0 : Partition.Topic == FactTopic.MarketData ? LineCopies.Window : RepeatFilter.Window;

    /// <summary>Offset of the next fact to read.</summary>
    public long Next { get; set; } = next;

    /// <summary>Returns what is new of the message at an offset.</summary>
    public IMessage? Pass(IMessage message, long offset) => _filter is null ? message : _filter.Pass(message, offset);

    /// <summary>
    /// Lets the filter see what is before the cursor again: its memory is a function of the log. <paramref name="pass"/> reads an entry.
    /// </summary>
    public async Task RememberAsync(IFactLog log, long first, int batchMax, Action<LogEntry> pass, CancellationToken cancellationToken)
    {
        for (var offset = Math.Max(first, Next - Memory); offset < Next;)
        {
            var entries = await log.ReadAsync(Partition, offset, batchMax, cancellationToken);
            foreach (var entry in entries.Where(entry => entry.Offset < Next))
            {
                pass(entry);
            }

            offset = entries.Count == 0 ? Next : entries[^1].Offset + 1;
        }
    }
}
