using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

internal sealed partial class UserDataService
{
    [LoggerMessage(EventId = 420, Level = LogLevel.Information, Message = "User data reading stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 421, Level = LogLevel.Error, Message = "Reading user data has failed for good: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason, Exception? exception);

    [LoggerMessage(EventId = 422, Level = LogLevel.Warning, Message = "An order on {Symbol}, which this agent does not trade; further ones on it are not logged")]
    private static partial void LogOther(ILogger logger, string symbol);

    [LoggerMessage(EventId = 423, Level = LogLevel.Warning, Message = "{Execution} did not accept an event: {Reason}")]
    private static partial void LogNotTaken(ILogger logger, string execution, string reason);

    [LoggerMessage(EventId = 424, Level = LogLevel.Information, Message = "Transfer of {Amount} {Asset}")]
    private static partial void LogTransfer(ILogger logger, decimal amount, string asset);
}
