namespace BtcAgent.Storage.Postgres;

/// <summary>The PostgreSQL store failed; the message names server and remedy in one line, never a password.</summary>
public sealed class PostgresStoreException(string message, Exception? innerException = null)
    : Exception(message, innerException);
