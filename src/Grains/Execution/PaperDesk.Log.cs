using BtcAgent.Domain.Orders;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class PaperDesk
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "{Portfolio} {Instrument}: order {ClientOrderId} submitted: {Side} {Quantity}")]
    private static partial void LogSubmitted(
        ILogger logger, string portfolio, InstrumentId instrument, string clientOrderId, Side side, Quantity quantity);

    [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "{Portfolio} {Instrument}: order {ClientOrderId} {Status}, filled {Filled} {Reason}")]
    private static partial void LogOrder(
        ILogger logger, string portfolio, InstrumentId instrument, string clientOrderId, OrderStatus status, Quantity filled, string reason);
}
