using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class LiveDesk
{
    [LoggerMessage(EventId = 412, Level = LogLevel.Warning, Message = "{Portfolio} {Instrument}: {Anomaly}")]
    private static partial void LogAnomaly(ILogger logger, string portfolio, InstrumentId instrument, string anomaly);

    [LoggerMessage(EventId = 418, Level = LogLevel.Error, Message = "{Portfolio} {Instrument}: order work has stopped: {Reason}")]
    private static partial void LogStopped(ILogger logger, string portfolio, InstrumentId instrument, string reason);

    [LoggerMessage(EventId = 419, Level = LogLevel.Error, Message = "{Portfolio} {Instrument}: halting the portfolio failed, retrying: {Reason}")]
    private static partial void LogHaltFailed(ILogger logger, string portfolio, InstrumentId instrument, string reason);
}
