using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Embedded;

/// <summary>Opens a database file in write-ahead mode and explains SQLite's errors.</summary>
internal static class SqliteFile
{
    private const int Busy = 5;
    private const int ReadOnlyError = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Seconds that a write waits for another process's lock before it fails.</summary>
    private const int LockWaitSeconds = 5;

    /// <summary>Size to which the write-ahead log is truncated after it has grown.</summary>
    private const int LogBytesMax = 64 * 1024 * 1024;

    /// <summary>
    /// Opens the connection of the file's only writer and creates the schema; refuses a file with a newer schema version.
    /// </summary>
    public static SqliteConnection OpenWriter(string path, Durability durability, int version, string schema, bool check)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate, pooling: false));
        try
        {
            connection.Open();
            // Affects new files only: allows the return of deleted rows' pages to the disk.
            Execute(connection, "PRAGMA auto_vacuum=INCREMENTAL");
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, $"PRAGMA journal_size_limit={LogBytesMax}");
            Execute(connection, $"PRAGMA synchronous={(durability == Durability.PowerLoss ? "FULL" : "NORMAL")}");
            if (check && Scalar(connection, "PRAGMA quick_check(1)") is not "ok")
            {
                throw new EmbeddedStoreException(CorruptMessage(path)) { IsDamage = true };
            }

            var found = (long)Scalar(connection, "PRAGMA user_version")!;
            if (found > version)
            {
                throw new EmbeddedStoreException(
                    $"'{path}' was written by a newer BtcAgent (schema {found}, this one knows {version}): run that one, or choose another folder");
            }

            Execute(connection, $"BEGIN; {schema}; PRAGMA user_version={version}; COMMIT");
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Explain(error, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a pooled read-only connection.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: true));
        connection.Open();
        return connection;
    }

    public static void CloseReaders(string path)
    {
        using var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: true));
        SqliteConnection.ClearPool(connection);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <param name="error">Error of SQLite.</param>
    /// <param name="path">The file it concerns.</param>
    /// <param name="roomOption">Name of the option that would avoid the need for space.</param>
    public static EmbeddedStoreException Explain(SqliteException error, string path, string? roomOption = null) => new(
        error.SqliteErrorCode switch
        {
            Busy => $"another process has kept '{path}' locked for {LockWaitSeconds} s: end it, such as a backup or a database shell",
            Full => $"'{path}' cannot grow: free space on its disk{(roomOption is null ? "" : $", or {roomOption}")}",
            ReadOnlyError or CannotOpen => $"cannot write '{path}': correct the permissions of the file and its folder",
            Corrupt or NotADatabase => CorruptMessage(path),
            IoError => $"the disk of '{path}' failed ({error.Message}): check the disk and its free space",
            _ => $"'{path}': {error.Message}: restart; if it happens again, restore a copy",
        },
        error)
    {
        IsDamage = error.SqliteErrorCode is Corrupt or NotADatabase,
    };

    private static string CorruptMessage(string path) =>
        $"'{path}' is damaged or not a BtcAgent database: restore a copy, or move it away for a fresh start";

    private static string ConnectionString(string path, SqliteOpenMode mode, bool pooling) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = pooling, DefaultTimeout = LockWaitSeconds }.ToString();
}
