using Microsoft.Extensions.Logging;

namespace BtcAgent.History.Sinks.Timescale;

public sealed partial class TimescaleSink
{
    [LoggerMessage(Level = LogLevel.Information, Message = "History is stored in hypertables of TimescaleDB at {Server}")]
    private static partial void LogHypertables(ILogger logger, string server);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "History is stored in native partitions of PostgreSQL at {Server}, because {Why}: data is not compressed, and bars longer "
            + "than a minute and daily equity are computed when they are queried")]
    private static partial void LogPartitions(ILogger logger, string server, string why);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} facts of {Partition} from offset {Offset} cannot be stored in PostgreSQL and are left out: {Reason}")]
    private static partial void LogRefused(ILogger logger, int count, string partition, long offset, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "History: removed the partitions {Names}, older than their retention")]
    private static partial void LogRemoved(ILogger logger, string names);
}
