using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Signals;

internal sealed partial class Challengers
{
    [LoggerMessage(EventId = 512, Level = LogLevel.Warning, Message = "{Strategy}: shadow {Model} cannot be opened")]
    private static partial void LogShadowRefused(ILogger logger, string strategy, string model, Exception exception);

    [LoggerMessage(EventId = 513, Level = LogLevel.Warning, Message = "{Strategy}: shadow {Model} failed; the champion continues")]
    private static partial void LogShadowFailed(ILogger logger, string strategy, string model, Exception exception);

    [LoggerMessage(EventId = 514, Level = LogLevel.Warning, Message = "{Strategy}: model {Model} was not closed")]
    private static partial void LogNotClosed(ILogger logger, string strategy, string model, Exception exception);
}
