using BtcAgent.Domain.Retraining;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Retraining;

internal sealed partial class OptimizerGrain
{
    [LoggerMessage(EventId = 1240, Level = LogLevel.Information, Message = "Training {Job} of {Strategy} was requested by {By}, {Trigger}: {Reason}")]
    private static partial void LogQueued(ILogger logger, string job, string strategy, string by, TrainingTrigger trigger, string reason);

    [LoggerMessage(EventId = 1241, Level = LogLevel.Information, Message = "Training {Job} of {Strategy} ended: {State}, {Reason}")]
    private static partial void LogEnded(ILogger logger, string job, string strategy, TrainingJobState state, string reason);

    [LoggerMessage(EventId = 1242, Level = LogLevel.Warning, Message = "Training {Job} of {Strategy} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string job, string strategy, string reason);
}
