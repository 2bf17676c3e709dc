using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Portfolios;

internal sealed partial class PortfolioGrain
{
    [LoggerMessage(EventId = 430, Level = LogLevel.Warning, Message = "{Portfolio}: a mark was not stored, reloading the books: {Reason}")]
    private static partial void LogMarkFailed(ILogger logger, string portfolio, string reason);

    [LoggerMessage(EventId = 431, Level = LogLevel.Information, Message = "{Portfolio}: the books begin with {Own}; outside of the portfolio remain {Outside}")]
    private static partial void LogOpened(ILogger logger, string portfolio, string own, string outside);

    [LoggerMessage(EventId = 432, Level = LogLevel.Information, Message = "{Portfolio}: {Asset} outside of the portfolio changed from {From} to {To}")]
    private static partial void LogOutside(ILogger logger, string portfolio, string asset, decimal from, decimal to);
}
