using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Instruments;

internal sealed partial class InstrumentGrain
{
    [LoggerMessage(EventId = 120, Level = LogLevel.Error, Message = "{Instrument}: the market-data stream reported an error")]
    private static partial void LogStreamFailed(ILogger logger, string instrument, Exception exception);
}
