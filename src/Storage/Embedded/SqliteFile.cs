using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Embedded;

/// <summary>Opens a database file in write-ahead mode and puts SQLite's errors into words.</summary>
internal static class SqliteFile
{
    private const int Busy = 5;
    private const int ReadOnlyError = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>How long a write waits for a lock of somebody else before it fails.</summary>
    private const int LockWaitSeconds = 5;

    /// <summary>To which the write-ahead log is cut back after it had to grow.</summary>
    private const int LogBytesMax = 64 * 1024 * 1024;

    /// <summary>A connection for the file's one writer, its schema in place; a file of a newer schema version is refused.</summary>
    public static SqliteConnection OpenWriter(string path, Durability durability, int version, string schema, bool check)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate, pooling: false));
        try
        {
            connection.Open();
            // Takes effect in a new file only: pages of deleted rows can be given back to the disk.
            Execute(connection, "PRAGMA auto_vacuum=INCREMENTAL");
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, $"PRAGMA journal_size_limit={LogBytesMax}");
            Execute(connection, $"PRAGMA synchronous={(durability == Durability.PowerLoss ? "FULL" : "NORMAL")}");
            if (check && Scalar(connection, "PRAGMA quick_check(1)") is not "ok")
            {
                throw new EmbeddedStoreException(CorruptMessage(path));
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

    /// <summary>A pooled connection that only reads.</summary>
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

    /// <param name="error">What SQLite said.</param>
    /// <param name="path">The file it concerns.</param>
    /// <param name="roomOption">How to get by with the room there is, by the option's name.</param>
    public static EmbeddedStoreException Explain(SqliteException error, string path, string? roomOption = null) => new(
        error.SqliteErrorCode switch
        {
            Busy => $"another process has kept '{path}' locked for {LockWaitSeconds} s: end it, such as a backup or a database shell",
            Full => $"'{path}' cannot grow: free space on its disk{(roomOption is null ? "" : $", or {roomOption}")}",
            ReadOnlyError or CannotOpen => $"cannot write '{path}': mend the permissions of the file and its folder",
            Corrupt or NotADatabase => CorruptMessage(path),
            IoError => $"the disk of '{path}' failed ({error.Message}): check the disk and its free space",
            _ => $"'{path}': {error.Message}: restart; should it happen again, restore a copy",
        },
        error);

    private static string CorruptMessage(string path) =>
        $"'{path}' is damaged or no BtcAgent database: restore a copy, or move it away to start anew";

    private static string ConnectionString(string path, SqliteOpenMode mode, bool pooling) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = pooling, DefaultTimeout = LockWaitSeconds }.ToString();
}
