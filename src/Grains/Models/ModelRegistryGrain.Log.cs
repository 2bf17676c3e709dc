using BtcAgent.Domain.Models;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Models;

internal sealed partial class ModelRegistryGrain
{
    [LoggerMessage(EventId = 520, Level = LogLevel.Information, Message = "Model {Model} registered for {Strategy}")]
    private static partial void LogRegistered(ILogger logger, string model, string strategy);

    [LoggerMessage(EventId = 521, Level = LogLevel.Information, Message = "Model {Model} of {Strategy} is now {Stage}, by {Operator}: {Reason}")]
    private static partial void LogMoved(ILogger logger, string model, string strategy, ModelStage stage, string @operator, string reason);

    [LoggerMessage(EventId = 524, Level = LogLevel.Warning, Message = "Model {Model} trades against its verdict: {Person} overrode it: {Reason}")]
    private static partial void LogOverridden(ILogger logger, string model, string person, string reason);

    [LoggerMessage(EventId = 522, Level = LogLevel.Warning, Message = "Model {Model} was refused by {SignalGrain}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string model, string signalGrain, string reason);

    [LoggerMessage(EventId = 523, Level = LogLevel.Error, Message = "Assigning the models of {Strategy} failed; the next activation repeats it")]
    private static partial void LogNotNotified(ILogger logger, string strategy, Exception exception);
}
