using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

internal sealed partial class MarketFeedService
{
    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "Feeds stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 106, Level = LogLevel.Information, Message = "{Instrument}: reading ended, published up to event {Sequence} of epoch {Epoch}")]
    private static partial void LogReadEnded(ILogger logger, InstrumentId instrument, long sequence, long epoch);

    [LoggerMessage(
        EventId = 104,
        Level = LogLevel.Information,
        Message = "{Instrument}: the venue's status is {Status}; it was {Before}")]
    private static partial void LogStatus(ILogger logger, InstrumentId instrument, string? status, string? before);

    [LoggerMessage(
        EventId = 105,
        Level = LogLevel.Warning,
        Message = "{Instrument}: reading the trading rules again failed, the previous ones remain in use: {Problem}")]
    private static partial void LogNoRules(ILogger logger, InstrumentId instrument, string problem);

    [LoggerMessage(EventId = 103, Level = LogLevel.Error, Message = "The feed cannot continue: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason, Exception? exception);
}
