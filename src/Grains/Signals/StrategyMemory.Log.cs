using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Signals;

internal sealed partial class StrategyMemory
{
    [LoggerMessage(EventId = 515, Level = LogLevel.Information, Message = "{Strategy}: {Model} continues from its state after {Samples} samples")]
    private static partial void LogResumed(ILogger logger, string strategy, string model, long samples);

    [LoggerMessage(EventId = 516, Level = LogLevel.Information, Message = "{Strategy}: {Model} starts empty, its stored state is not used: {Reason}")]
    private static partial void LogRefused(ILogger logger, string strategy, string model, string reason);
}
