using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Portfolios;

internal sealed partial class PortfolioGrain
{
    [LoggerMessage(EventId = 430, Level = LogLevel.Warning, Message = "{Portfolio}: a mark was not stored, the books start anew from the stored ones: {Reason}")]
    private static partial void LogMarkFailed(ILogger logger, string portfolio, string reason);
}
