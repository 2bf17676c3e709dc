using Microsoft.Extensions.Logging;

namespace BtcAgent.History.Live;

public sealed partial class LiveEvents
{
    [LoggerMessage(EventId = 1140, Level = LogLevel.Warning, Message = "Live events end for their subscribers, who may resume: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason, Exception? e);
}
