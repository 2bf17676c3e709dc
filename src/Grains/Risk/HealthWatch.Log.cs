using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Risk;

internal sealed partial class HealthWatch
{
    [LoggerMessage(EventId = 310, Level = LogLevel.Debug, Message = "Health watch stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 311, Level = LogLevel.Debug, Message = "{Portfolio}: reporting health failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string portfolio, string reason);
}
