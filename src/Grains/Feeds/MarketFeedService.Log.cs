using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

internal sealed partial class MarketFeedService
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "{Instrument}: reading the feed, epoch {Epoch}")]
    private static partial void LogAcquired(ILogger logger, InstrumentId instrument, long epoch);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "{Instrument}: lost the feed lease to {Holder}")]
    private static partial void LogLost(ILogger logger, InstrumentId instrument, string holder);

    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "Feeds stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 103, Level = LogLevel.Error, Message = "The feed cannot go on: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason, Exception? exception);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning, Message = "{Instrument}: the feed lease could not be renewed or given back: {Reason}")]
    private static partial void LogNotRenewed(ILogger logger, InstrumentId instrument, string reason);
}
