using BtcAgent.Domain.Risk;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Risk;

internal sealed partial class RiskGrain
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "{Portfolio}: breaker {Mode}: {Reason}")]
    private static partial void LogBreaker(ILogger logger, string portfolio, BreakerMode mode, string reason);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "{Portfolio}: configured limits are looser than before the start and do not count: {Names}; an operator can change them")]
    private static partial void LogHeldBack(ILogger logger, string portfolio, string names);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "{Portfolio}: limit {Name} changed from {From} to {To} by {Operator}: {Reason}")]
    private static partial void LogLimit(ILogger logger, string portfolio, string name, decimal? from, decimal to, string @operator, string reason);
}
