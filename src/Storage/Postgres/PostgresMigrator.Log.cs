using Microsoft.Extensions.Logging;

namespace BtcAgent.Storage.Postgres;

public sealed partial class PostgresMigrator
{
    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL schema {Schema}: applied {Migration}")]
    private static partial void LogApplied(ILogger logger, string schema, string migration);
}
