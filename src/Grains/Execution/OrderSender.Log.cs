using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class OrderSender
{
    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "{Portfolio} {Instrument}: outcome of {ClientOrderId} is unknown: {Reason}")]
    private static partial void LogUnknown(ILogger logger, string portfolio, InstrumentId instrument, string clientOrderId, string reason);
}
