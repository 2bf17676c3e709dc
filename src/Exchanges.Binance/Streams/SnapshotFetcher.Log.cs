using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

internal sealed partial class SnapshotFetcher
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Instrument}: no depth snapshot, retrying in {WaitSeconds:F1} s: {Problem}")]
    private static partial void LogFailed(
        ILogger logger, InstrumentId instrument, string problem, double waitSeconds);
}
