namespace BtcAgent.Silo.Training;

internal sealed partial class TrainingService
{
    [LoggerMessage(EventId = 1245, Level = LogLevel.Information, Message = "Training {Job} of {Strategy}: attempt {Attempt} in process {Process}")]
    private static partial void LogStarted(ILogger logger, string job, string strategy, int attempt, int process);

    [LoggerMessage(EventId = 1246, Level = LogLevel.Information, Message = "Training {Job} of {Strategy} was interrupted; the next start continues it")]
    private static partial void LogInterrupted(ILogger logger, string job, string strategy);

    [LoggerMessage(EventId = 1249, Level = LogLevel.Warning, Message = "Training {Job} of {Strategy}: attempt {Attempt} of {Most} ended early: {Reason}")]
    private static partial void LogLost(ILogger logger, string job, string strategy, int attempt, int most, string reason);

    [LoggerMessage(EventId = 1247, Level = LogLevel.Warning, Message = "The files of training {Job} cannot be used, it is tried again: {Reason}")]
    private static partial void LogDamaged(ILogger logger, string job, string reason);

    [LoggerMessage(EventId = 1248, Level = LogLevel.Warning, Message = "Market time and models were not read for retraining: {Reason}")]
    private static partial void LogNotObserved(ILogger logger, string reason);
}
