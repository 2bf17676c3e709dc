namespace BtcAgent.Silo.Alerts;

internal sealed partial class AlertGrain
{
    [LoggerMessage(EventId = 1210, Level = LogLevel.Warning, Message = "Alerts are sent but not stored, retrying every second: {Problem}")]
    private static partial void LogNotStored(ILogger logger, string problem);

    [LoggerMessage(EventId = 1211, Level = LogLevel.Information, Message = "Alerts are stored again")]
    private static partial void LogStoredAgain(ILogger logger);
}
