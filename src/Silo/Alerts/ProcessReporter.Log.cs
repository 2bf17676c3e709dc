namespace BtcAgent.Silo.Alerts;

internal sealed partial class ProcessReporter
{
    [LoggerMessage(EventId = 1215, Level = LogLevel.Debug, Message = "Reporting this process's alerts failed, retrying: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
