using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Execution;

internal sealed partial class UserDataLines
{
    [LoggerMessage(EventId = 233, Level = LogLevel.Information, Message = "Orders and user data moved to another connection: {Reason}")]
    private static partial void LogExchanged(ILogger logger, string reason);

    [LoggerMessage(
        EventId = 234,
        Level = LogLevel.Warning,
        Message = "Opening another connection for orders and user data failed, the old one remains in use: {Problem}; retrying in {Seconds:F1} s")]
    private static partial void LogNotExchanged(ILogger logger, string problem, double seconds);
}
