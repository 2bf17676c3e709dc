using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Control;

internal sealed partial class TradingControlGrain
{
    [LoggerMessage(EventId = 530, Level = LogLevel.Information, Message = "{Portfolio}: halt complete: {Reason}")]
    private static partial void LogHalted(ILogger logger, string portfolio, string reason);

    [LoggerMessage(EventId = 531, Level = LogLevel.Error, Message = "{Portfolio}: halt pending: {Words}")]
    private static partial void LogPending(ILogger logger, string portfolio, string words);

    [LoggerMessage(EventId = 532, Level = LogLevel.Error, Message = "{Execution}: cannot clear its orders, cancelling what is open at the venue: {Reason}")]
    private static partial void LogCancelsAtVenue(ILogger logger, string execution, string reason);

    [LoggerMessage(EventId = 533, Level = LogLevel.Warning, Message = "{Portfolio}: no status while a halt is pending: {Reason}")]
    private static partial void LogNoStatus(ILogger logger, string portfolio, string reason);
}
