using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Operators;

internal sealed partial class KeyDirectory
{
    [LoggerMessage(EventId = 620, Level = LogLevel.Warning, Message = "The use of key {Id} was not recorded: {Reason}")]
    private static partial void LogUseNotNoted(ILogger logger, string id, string reason);
}
