using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using Google.Protobuf;

namespace BtcAgent.History.Sinks;

/// <summary>Place of a sink in one partition.</summary>
internal sealed class SinkCursor(LogPartition partition, long next, bool marketDataMayRepeat)
{
    private readonly RepeatFilter? _filter = partition.Topic != FactTopic.MarketData || marketDataMayRepeat ? new RepeatFilter() : null;

    public LogPartition Partition { get; } = partition;

    /// <summary>Offset of the next fact to read.</summary>
    public long Next { get; set; } = next;

    /// <summary>Returns what is new of a message.</summary>
    public IMessage? Pass(IMessage message) => _filter is null ? message : _filter.Pass(message);
}
