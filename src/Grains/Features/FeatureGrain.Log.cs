using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Features;

internal sealed partial class FeatureGrain
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Error, Message = "{Instrument}/{Strategy}: the decision failed; the next sample is decided anew")]
    private static partial void LogDecisionFailed(ILogger logger, InstrumentId instrument, string strategy, Exception exception);

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "{Instrument}: the market-data stream reported an error")]
    private static partial void LogStreamFailed(ILogger logger, string instrument, Exception exception);
}
