using BtcAgent.Storage.Embedded;
using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Backups;

/// <summary>
/// Copies <c>state.db</c> and <c>journal.db</c> as of one instant, while an agent writes them. Two read transactions keep that
/// instant during the copy and hold up no writer. The journal's begins first: it records a state only after its commit, so the
/// copied state is never behind the copied journal, which is what <see cref="StateContinuity"/> demands.
/// </summary>
internal static class EmbeddedSnapshot
{
    public const string State = "state.db";
    public const string JournalName = "journal.db";

    /// <param name="dataFolder">The data folder.</param>
    /// <param name="target">An empty folder.</param>
    /// <param name="time">Clock of the instant.</param>
    /// <exception cref="BackupException">There is no state to back up.</exception>
    /// <exception cref="EmbeddedStoreException">A file is damaged, or cannot be read or written.</exception>
    public static DateTimeOffset Take(string dataFolder, string target, TimeProvider time)
    {
        var (statePath, journalPath) = (Path.Combine(dataFolder, State), Path.Combine(dataFolder, JournalName));
        foreach (var path in new[] { statePath, journalPath }.Where(path => !File.Exists(path)))
        {
            throw new BackupException(BackupFault.Other, $"'{path}' does not exist: there is nothing to back up, or --data names another folder");
        }

        using var journal = Pin(journalPath);
        using var state = Pin(statePath);
        var instant = time.GetUtcNow();
        Copy(journal, journalPath, Path.Combine(target, JournalName));
        Copy(state, statePath, Path.Combine(target, State));
        return instant;
    }

    /// <summary>Opens a read transaction: it begins with the first read.</summary>
    private static SqliteConnection Pin(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            SqliteFile.Execute(connection, "BEGIN");
            _ = SqliteFile.Scalar(connection, "SELECT count(*) FROM sqlite_schema");
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw SqliteFile.Explain(error, path);
        }
    }

    private static void Copy(SqliteConnection from, string path, string to)
    {
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString());
        try
        {
            target.Open();
            // The copy is checked after it was packed and read again, so syncs would only cost time.
            SqliteFile.Execute(target, "PRAGMA synchronous=OFF");
            from.BackupDatabase(target);
        }
        catch (SqliteException error)
        {
            throw SqliteFile.Explain(error, error.SqliteErrorCode is 13 or 10 ? to : path);
        }
    }
}
