using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Activations;

internal sealed partial class ActivationWatch
{
    [LoggerMessage(EventId = 320, Level = LogLevel.Debug, Message = "Activation watch stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 321, Level = LogLevel.Error, Message = "{Grain} {Words}: portfolio {Portfolio} is halted")]
    private static partial void LogStands(ILogger logger, string grain, string words, string portfolio);

    [LoggerMessage(EventId = 322, Level = LogLevel.Information, Message = "{Grain} is retried: portfolio {Portfolio} was resumed")]
    private static partial void LogTriedAgain(ILogger logger, string grain, string portfolio);

    [LoggerMessage(EventId = 323, Level = LogLevel.Warning, Message = "{Grain} has stopped, and portfolio {Portfolio} cannot be halted: {Reason}")]
    private static partial void LogHaltFailed(ILogger logger, string grain, string portfolio, string reason);
}
