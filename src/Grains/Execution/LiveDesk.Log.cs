using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Orders;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class LiveDesk
{
    [LoggerMessage(EventId = 410, Level = LogLevel.Information, Message = "{Portfolio} {Instrument}: order {ClientOrderId} {Status}, filled {Filled} {Reason}")]
    private static partial void LogOrder(
        ILogger logger, string portfolio, InstrumentId instrument, string clientOrderId, OrderStatus status, Quantity filled, string reason);

    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "{Portfolio} {Instrument}: outcome of {ClientOrderId} is not known: {Reason}")]
    private static partial void LogUnknown(ILogger logger, string portfolio, InstrumentId instrument, string clientOrderId, string reason);

    [LoggerMessage(EventId = 412, Level = LogLevel.Warning, Message = "{Portfolio} {Instrument}: {Anomaly}")]
    private static partial void LogAnomaly(ILogger logger, string portfolio, InstrumentId instrument, string anomaly);

    [LoggerMessage(EventId = 413, Level = LogLevel.Warning, Message = "{Portfolio} {Instrument}: {Kind}: {Reason}")]
    private static partial void LogCorrection(ILogger logger, string portfolio, InstrumentId instrument, CorrectionKind kind, string reason);

    [LoggerMessage(EventId = 414, Level = LogLevel.Information, Message = "{Portfolio} {Instrument}: in doubt: {Words}")]
    private static partial void LogInDoubt(ILogger logger, string portfolio, InstrumentId instrument, string words);

    [LoggerMessage(EventId = 415, Level = LogLevel.Error, Message = "{Portfolio} {Instrument}: order work failed; the activation ends and starts from the store")]
    private static partial void LogFailed(ILogger logger, string portfolio, InstrumentId instrument, Exception exception);

    [LoggerMessage(EventId = 417, Level = LogLevel.Warning, Message = "{Portfolio} {Instrument}: doubt, {Kind}, {Action}: {Words}; the venue said {Payload}")]
    private static partial void LogDoubt(
        ILogger logger, string portfolio, InstrumentId instrument, DoubtKind kind, DoubtAction action, string words, string payload);

    [LoggerMessage(EventId = 418, Level = LogLevel.Error, Message = "{Portfolio} {Instrument}: order work stands still: {Reason}")]
    private static partial void LogStands(ILogger logger, string portfolio, InstrumentId instrument, string reason);

    [LoggerMessage(EventId = 419, Level = LogLevel.Error, Message = "{Portfolio} {Instrument}: the portfolio could not be halted, and it is tried again: {Reason}")]
    private static partial void LogHaltFailed(ILogger logger, string portfolio, InstrumentId instrument, string reason);

    [LoggerMessage(EventId = 416, Level = LogLevel.Debug, Message = "{Portfolio} {Instrument}: order work ends with the activation")]
    private static partial void LogEnded(ILogger logger, string portfolio, InstrumentId instrument);
}
