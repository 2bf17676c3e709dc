using Microsoft.Extensions.Logging;

namespace BtcAgent.Storage.Embedded;

public sealed partial class Journal
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Journal {Path}: {Dropped} entries dropped so far, the disk is too slow")]
    private static partial void LogDropped(ILogger logger, string path, long dropped);

    [LoggerMessage(Level = LogLevel.Error, Message = "Journal entries lost: {Count}")]
    private static partial void LogLost(ILogger logger, int count, Exception error);
}
