using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// Checks state and journal of a data folder without changing them, also while an agent writes them: each file's integrity, and
/// that the state continues from the journal's record.
/// </summary>
public static class StateInspection
{
    /// <param name="dataFolder">The data folder.</param>
    /// <returns>Commits of the state and decisions in the journal.</returns>
    /// <exception cref="EmbeddedStoreException">A file is damaged, or the two do not belong together.</exception>
    public static (long Commits, long Decisions) Check(string dataFolder)
    {
        var (statePath, journalPath) = (Path.Combine(dataFolder, "state.db"), Path.Combine(dataFolder, "journal.db"));

        // The journal first: it records a state only after its commit, so the state that is read next is never behind it.
        using var journal = Open(journalPath);
        using var state = Open(statePath);
        try
        {
            using var statements = new StateStatements(state);
            var digest = new StateDigest();
            var rows = statements.ReadInto(digest);
            var stored = statements.ReadMark() ?? (rows == 0 ? null : new StateMark("", 0, digest.Value));
            var seen = SeenBy(journal);
            return StateContinuity.Judge(stored, digest.Value, seen) is var doubt and not StateDoubt.None
                ? throw new EmbeddedStoreException(
                    StateContinuity.Explain(doubt, statePath, stored, seen, StateContinuity.CodeOf(doubt, stored, digest.Value, seen)))
                : (stored?.Generation ?? 0, (long)SqliteFile.Scalar(journal, "SELECT count(*) FROM decisions")!);
        }
        catch (SqliteException error)
        {
            throw SqliteFile.Explain(error, statePath);
        }
    }

    /// <summary>The journal's last record of the state; null when it has none.</summary>
    internal static StateMark? SeenBy(SqliteConnection journal)
    {
        using var command = journal.CreateCommand();
        command.CommandText = "SELECT id, generation, digest FROM seen_state";
        using var row = command.ExecuteReader();
        return row.Read() ? new StateMark(row.GetString(0), row.GetInt64(1), row.GetInt64(2)) : null;
    }

    /// <summary>Opens a read transaction, which begins with the first read, and checks the pages.</summary>
    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            SqliteFile.Execute(connection, "BEGIN");
            return SqliteFile.Scalar(connection, "PRAGMA quick_check(1)") is var answer and not "ok"
                ? throw new EmbeddedStoreException($"'{path}' is damaged ({answer}): restore a backup with 'btcagent backup restore'") { IsDamage = true }
                : connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw SqliteFile.Explain(error, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
