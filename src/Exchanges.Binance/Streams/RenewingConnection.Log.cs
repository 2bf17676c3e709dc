using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

internal sealed partial class RenewingConnection
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "renewing the connection failed, the old one remains in use: {Problem}")]
    private static partial void LogNotRenewed(
        ILogger logger, string problem);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "the venue announced a shutdown of this server: moving to another connection")]
    private static partial void LogLeaving(ILogger logger);
}
