using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

public sealed partial class BinanceMarketFeed
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Instrument}: streaming from {Address}")]
    private static partial void LogOpened(
        ILogger logger, InstrumentId instrument, Uri address);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Instrument}: connection lost ({Problem}), reconnecting in {WaitSeconds:F1} s")]
    private static partial void LogLost(
        ILogger logger, InstrumentId instrument, string problem, double waitSeconds);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "the venue's clock is {OffsetMs:F1} ms ahead of ours (round trip {RoundTripMs:F1} ms)")]
    private static partial void LogClock(
        ILogger logger, double offsetMs, double roundTripMs);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "measuring the venue's clock failed: {Problem}")]
    private static partial void LogNoClock(
        ILogger logger, string problem);

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "{Instrument}: no reference price, filters use market prices: {Problem}")]
    private static partial void LogNoReferencePrice(
        ILogger logger, InstrumentId instrument, string problem);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Problem}")]
    private static partial void LogRecording(
        ILogger logger, string problem);
}
