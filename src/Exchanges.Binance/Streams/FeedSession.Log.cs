using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

internal sealed partial class FeedSession
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Instrument}: book updates are missing before id {FirstId}, taking a new snapshot")]
    private static partial void LogGap(
        ILogger logger, InstrumentId instrument, long firstId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Instrument}: snapshot {LastUpdateId} is older than the stream, taking a newer one")]
    private static partial void LogOldSnapshot(
        ILogger logger, InstrumentId instrument, long lastUpdateId);
}
