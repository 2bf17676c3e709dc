using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class UserDataService
{
    [LoggerMessage(EventId = 420, Level = LogLevel.Information, Message = "User data reading stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 421, Level = LogLevel.Error, Message = "User data cannot be read any more: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason, Exception? exception);

    [LoggerMessage(EventId = 422, Level = LogLevel.Warning, Message = "An order on {Symbol}, which this agent does not trade; others on it are not named again")]
    private static partial void LogOther(ILogger logger, string symbol);

    [LoggerMessage(EventId = 423, Level = LogLevel.Warning, Message = "{Execution} did not take an event: {Reason}")]
    private static partial void LogNotTaken(ILogger logger, string execution, string reason);

    [LoggerMessage(EventId = 424, Level = LogLevel.Information, Message = "Transfer of {Amount} {Asset}")]
    private static partial void LogTransfer(ILogger logger, decimal amount, string asset);
}
