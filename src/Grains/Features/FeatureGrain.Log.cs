using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Features;

internal sealed partial class FeatureGrain
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Error, Message = "{Instrument}/{Strategy}: the decision failed; the next sample is decided again")]
    private static partial void LogDecisionFailed(ILogger logger, InstrumentId instrument, string strategy, Exception exception);

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "{Instrument}: the market-data stream reported an error")]
    private static partial void LogStreamFailed(ILogger logger, string instrument, Exception exception);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "{Instrument}: continues from offset {Offset}, feed epoch {Epoch}, event {Sequence}")]
    private static partial void LogRestored(ILogger logger, InstrumentId instrument, long offset, long epoch, long sequence);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "{Instrument}: the snapshot of book and features is not used, the windows start empty: {Reason}")]
    private static partial void LogSnapshotRefused(ILogger logger, InstrumentId instrument, string reason);

    [LoggerMessage(EventId = 204, Level = LogLevel.Warning, Message = "{Instrument}: events {From} to {To} are missing; the log is read again")]
    private static partial void LogMissing(ILogger logger, InstrumentId instrument, long from, long to);

    [LoggerMessage(EventId = 205, Level = LogLevel.Warning, Message = "{Instrument}: the snapshot of book and features was not stored: {Reason}")]
    private static partial void LogSnapshotFailed(ILogger logger, string instrument, string reason);

    [LoggerMessage(EventId = 207, Level = LogLevel.Information, Message = "{Instrument}: features continue from their snapshot, {Seconds:0.#} s of market data are missing; the book waits for the feed's")]
    private static partial void LogBehindGap(ILogger logger, InstrumentId instrument, double seconds);

    [LoggerMessage(EventId = 206, Level = LogLevel.Error, Message = "{Instrument}: an execution does not accept market data; book and features continue without it: {Reason}")]
    private static partial void LogExecutionFailed(ILogger logger, InstrumentId instrument, string reason);

    [LoggerMessage(EventId = 208, Level = LogLevel.Error, Message = "{Instrument}: a batch of market data is ignored, it cannot come from a reader of the venue: {Reason}. Find the program that wrote it")]
    private static partial void LogRefused(ILogger logger, InstrumentId instrument, string reason);
}
