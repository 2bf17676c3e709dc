using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class LiveWork
{
    [LoggerMessage(EventId = 415, Level = LogLevel.Error, Message = "{Portfolio} {Instrument}: order work failed; the next activation starts from the store")]
    private static partial void LogFailed(ILogger logger, string portfolio, InstrumentId instrument, Exception exception);

    [LoggerMessage(EventId = 416, Level = LogLevel.Debug, Message = "{Portfolio} {Instrument}: order work ends with the activation")]
    private static partial void LogEnded(ILogger logger, string portfolio, InstrumentId instrument);
}
