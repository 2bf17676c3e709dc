namespace BtcAgent.Silo.Alerts;

internal sealed partial class AlertNotifier
{
    [LoggerMessage(EventId = 1212, Level = LogLevel.Warning, Message = "Alerts are not evaluated, retrying every second: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);

    [LoggerMessage(EventId = 1213, Level = LogLevel.Information, Message = "Alerts are evaluated; channels: {Channels}")]
    private static partial void LogStarted(ILogger logger, string channels);

    [LoggerMessage(EventId = 1214, Level = LogLevel.Debug, Message = "The last messages were not sent before the stop; the next start sends them: {Problem}")]
    private static partial void LogNotFlushed(ILogger logger, string problem);
}
