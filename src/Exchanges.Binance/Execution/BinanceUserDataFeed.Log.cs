using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Execution;

public sealed partial class BinanceUserDataFeed
{
    [LoggerMessage(EventId = 230, Level = LogLevel.Information, Message = "User data connected")]
    private static partial void LogConnected(ILogger logger);

    [LoggerMessage(EventId = 231, Level = LogLevel.Warning, Message = "User data lost: {Reason}; reconnecting in {Seconds:F1} s")]
    private static partial void LogDisconnected(ILogger logger, string reason, double seconds);

    [LoggerMessage(EventId = 232, Level = LogLevel.Warning, Message = "A user-data event cannot be read: {Problem}")]
    private static partial void LogUnreadable(ILogger logger, string problem);
}
