using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Portfolios;

internal sealed partial class ValuationService
{
    [LoggerMessage(EventId = 440, Level = LogLevel.Debug, Message = "Reading prices for valuation stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 441, Level = LogLevel.Warning, Message = "{Market} has no price to value fees: {Reason}; only smaller positions are allowed once the last one is too old")]
    private static partial void LogNotValued(ILogger logger, InstrumentId market, string reason);

    [LoggerMessage(EventId = 442, Level = LogLevel.Information, Message = "{Market} has a price to value fees again")]
    private static partial void LogValued(ILogger logger, InstrumentId market);
}
