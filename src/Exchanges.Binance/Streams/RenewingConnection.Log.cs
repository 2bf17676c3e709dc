using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

internal sealed partial class RenewingConnection
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "the connection could not be renewed, the old one goes on: {Problem}")]
    private static partial void LogNotRenewed(
        ILogger logger, string problem);
}
