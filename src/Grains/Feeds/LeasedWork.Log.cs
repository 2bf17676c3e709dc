using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

internal sealed partial class LeasedWork
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "{Lease}: held here, epoch {Epoch}")]
    private static partial void LogAcquired(ILogger logger, string lease, long epoch);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "{Lease}: lost to {Holder}")]
    private static partial void LogLost(ILogger logger, string lease, string holder);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning, Message = "{Lease}: requesting or releasing the lease failed: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string lease, string reason);

    [LoggerMessage(EventId = 105, Level = LogLevel.Warning, Message = "{Lease}: the work failed and restarts: {Reason}")]
    private static partial void LogFailed(ILogger logger, string lease, string reason, Exception? exception);
}
