using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Idempotency;

internal sealed partial class CommandRepeats
{
    [LoggerMessage(EventId = 640, Level = LogLevel.Warning,
        Message = "{Verb} is carried out without a record of its idempotency key ({Reason}): a repeat will carry it out once more")]
    private static partial void LogUnrecorded(ILogger logger, string verb, string reason);

    [LoggerMessage(EventId = 641, Level = LogLevel.Warning,
        Message = "The answer to {Verb} is not stored ({Reason}): a repeat asks the grains that carried it out")]
    private static partial void LogAnswerNotStored(ILogger logger, string verb, string reason);
}
