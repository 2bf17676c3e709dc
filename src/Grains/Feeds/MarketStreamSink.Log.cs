using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

internal sealed partial class MarketStreamSink
{
    [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "{Instrument}: frame refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, InstrumentId instrument, string reason);

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "{Instrument}: tallies of posts and notices of releases are left out while they are known at {KnownAt}, more than a minute after the market's events of {ReceivedAt}: set the clocks of the machines")]
    private static partial void LogAhead(ILogger logger, InstrumentId instrument, Timestamp knownAt, Timestamp receivedAt);
}
