using Microsoft.Extensions.Logging;

namespace BtcAgent.Alerts.Delivery;

internal sealed partial class ChannelWorker
{
    [LoggerMessage(EventId = 1200, Level = LogLevel.Warning, Message = "Alerts do not get through the channel {Channel}: {Problem}")]
    private static partial void LogFailing(ILogger logger, string channel, string problem);

    [LoggerMessage(EventId = 1201, Level = LogLevel.Information, Message = "Alerts get through the channel {Channel} again")]
    private static partial void LogWorksAgain(ILogger logger, string channel);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Error, Message = "A message to the channel {Channel} is given up ({Delivery}): {Problem}")]
    private static partial void LogGivenUp(ILogger logger, string channel, string delivery, string problem);
}
