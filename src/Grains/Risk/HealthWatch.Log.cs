using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Risk;

internal sealed partial class HealthWatch
{
    [LoggerMessage(EventId = 310, Level = LogLevel.Debug, Message = "Health is not watched any more")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 311, Level = LogLevel.Debug, Message = "{Portfolio}: health could not be told: {Reason}")]
    private static partial void LogFailed(ILogger logger, string portfolio, string reason);
}
