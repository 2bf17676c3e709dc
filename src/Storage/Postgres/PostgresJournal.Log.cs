using Microsoft.Extensions.Logging;

namespace BtcAgent.Storage.Postgres;

public sealed partial class PostgresJournal
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Journal: {Dropped} entries dropped so far, PostgreSQL is too slow or unreachable")]
    private static partial void LogDropped(ILogger logger, long dropped);

    [LoggerMessage(Level = LogLevel.Error, Message = "Journal entries lost: {Count}")]
    private static partial void LogLost(ILogger logger, int count, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Journal entry {Id} cannot be stored")]
    private static partial void LogUnfit(ILogger logger, string id, Exception error);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Journal: keeping {Count} entries until PostgreSQL accepts them: {Reason}")]
    private static partial void LogAway(ILogger logger, int count, string reason);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Journal: PostgreSQL accepts entries again after {Attempts} attempts")]
    private static partial void LogBack(ILogger logger, int attempts);
}
