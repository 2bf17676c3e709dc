using BtcAgent.Domain.Risk;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Risk;

internal sealed partial class RiskGrain
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "{Portfolio}: breaker {Mode}: {Reason}")]
    private static partial void LogBreaker(ILogger logger, string portfolio, BreakerMode mode, string reason);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "{Portfolio}: ignoring configured limits that are looser than before the start: {Names}; an operator can change them")]
    private static partial void LogHeldBack(ILogger logger, string portfolio, string names);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "{Portfolio}: order {ClientOrderId} was approved and is not sent: {Reason}")]
    private static partial void LogNotSent(ILogger logger, string portfolio, string clientOrderId, string reason);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning, Message = "{Portfolio}: the halt is not complete: {Words}")]
    private static partial void LogUncleared(ILogger logger, string portfolio, string words);

    [LoggerMessage(EventId = 305, Level = LogLevel.Information, Message = "{Portfolio}: the halt is complete: {Reason}")]
    private static partial void LogCleared(ILogger logger, string portfolio, string reason);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "{Portfolio}: limit {Name} changed from {From} to {To} by {Operator}: {Reason}")]
    private static partial void LogLimit(ILogger logger, string portfolio, string name, decimal? from, decimal to, string @operator, string reason);
}
