using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Orders;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class LiveOrders
{
    [LoggerMessage(EventId = 410, Level = LogLevel.Information, Message = "{Portfolio} {Instrument}: order {ClientOrderId} {Status}, filled {Filled} {Reason}")]
    private static partial void LogOrder(
        ILogger logger, string portfolio, InstrumentId instrument, string clientOrderId, OrderStatus status, Quantity filled, string reason);

    [LoggerMessage(EventId = 417, Level = LogLevel.Warning, Message = "{Portfolio} {Instrument}: doubt, {Kind}, {Action}: {Words}; the venue said {Payload}")]
    private static partial void LogDoubt(
        ILogger logger, string portfolio, InstrumentId instrument, DoubtKind kind, DoubtAction action, string words, string payload);
}
