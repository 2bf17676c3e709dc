using Microsoft.Extensions.Logging;

namespace BtcAgent.Streaming.Kafka;

internal sealed partial class PartitionReader
{
    [LoggerMessage(EventId = 920, Level = LogLevel.Information, Message = "{Topic}/{Partition}: reading from offset {Offset}")]
    private static partial void LogStarted(ILogger logger, string topic, int partition, long offset);

    [LoggerMessage(EventId = 921, Level = LogLevel.Warning, Message = "{Topic}/{Partition}: reading again after: {Reason}")]
    private static partial void LogReadingAgain(ILogger logger, string topic, int partition, string reason);

    [LoggerMessage(EventId = 922, Level = LogLevel.Error, Message = "{Topic}/{Partition}: the broker no longer has offset {From}; continuing at {To}. Keep messages longer than the cluster may be down")]
    private static partial void LogSkipped(ILogger logger, string topic, int partition, long from, long to);

    [LoggerMessage(EventId = 923, Level = LogLevel.Debug, Message = "{Topic}/{Partition}: {Message}")]
    private static partial void LogClient(ILogger logger, string topic, int partition, string message);
}
