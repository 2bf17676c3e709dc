namespace BtcAgent.Silo.Backups;

internal sealed partial class BackupSchedule
{
    [LoggerMessage(EventId = 1030, Level = LogLevel.Information, Message = "Backup {Name} in {Place}: {KiB} KiB, checked, {Seconds:F1} s, {Encryption}; {Deleted} old ones deleted; {Conditions}")]
    private static partial void LogCreated(
        ILogger logger, string name, string place, long kiB, double seconds, string encryption, int deleted, string conditions);

    [LoggerMessage(EventId = 1031, Level = LogLevel.Error, Message = "Backup ({What}) failed, next attempt within an hour: {Problem}")]
    private static partial void LogFailed(ILogger logger, string what, string problem, Exception? error);

    [LoggerMessage(EventId = 1032, Level = LogLevel.Debug, Message = "The backup schedule has stopped")]
    private static partial void LogStopped(ILogger logger);
}
