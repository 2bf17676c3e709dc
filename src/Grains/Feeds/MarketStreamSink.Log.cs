using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

internal sealed partial class MarketStreamSink
{
    [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "{Instrument}: frame refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, InstrumentId instrument, string reason);
}
