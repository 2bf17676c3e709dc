using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

internal sealed partial class MarketFeedService
{
    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "Feeds stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 103, Level = LogLevel.Error, Message = "The feed cannot go on: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason, Exception? exception);
}
