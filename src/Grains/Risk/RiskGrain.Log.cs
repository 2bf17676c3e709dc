using BtcAgent.Domain.Risk;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Risk;

internal sealed partial class RiskGrain
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "{Portfolio}: breaker {Mode}: {Reason}")]
    private static partial void LogBreaker(ILogger logger, string portfolio, BreakerMode mode, string reason);
}
