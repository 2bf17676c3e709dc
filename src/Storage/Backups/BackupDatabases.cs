using System.Collections.Immutable;
using BtcAgent.Storage.Embedded;
using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Backups;

/// <summary>Checks extracted databases: their integrity, and that state and journal belong together.</summary>
internal static class BackupDatabases
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <param name="name">Name of the backup, for messages.</param>
    /// <param name="header">Its header.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="folder">Folder with the extracted parts.</param>
    /// <exception cref="BackupException">A database is damaged, or the two differ in what they know of each other.</exception>
    public static BackupContents Check(string name, BackupHeader header, BackupManifest manifest, string folder)
    {
        foreach (var missing in new[] { EmbeddedSnapshot.State, EmbeddedSnapshot.JournalName }.Except(manifest.Parts.Select(part => part.Name)))
        {
            throw BackupException.Damaged(name, "its manifest", $"part '{missing}' is missing");
        }

        using var state = Open(name, folder, EmbeddedSnapshot.State);
        using var journal = Open(name, folder, EmbeddedSnapshot.JournalName);
        try
        {
            using var statements = new StateStatements(state);
            var digest = new StateDigest();
            var rows = statements.ReadInto(digest);
            var stored = statements.ReadMark() ?? (rows == 0 ? null : new StateMark("", 0, digest.Value));
            var seen = StateInspection.SeenBy(journal);
            if (StateContinuity.Judge(stored, digest.Value, seen) is var doubt and not StateDoubt.None)
            {
                throw BackupException.Damaged(name, $"part '{EmbeddedSnapshot.State}'", $"it does not belong to its journal: {doubt}");
            }

            var newest = SqliteFile.Scalar(journal, "SELECT event_time FROM decisions ORDER BY seq DESC LIMIT 1") as long?;
            return new BackupContents(
                name, header, manifest.Instant, manifest.Parts, stored?.Id ?? "", stored?.Generation ?? 0, States(state),
                (long)SqliteFile.Scalar(journal, "SELECT count(*) FROM decisions")!,
                newest is { } ns ? DateTimeOffset.FromUnixTimeMilliseconds(ns / NanosecondsPerMillisecond) : null);
        }
        catch (SqliteException error)
        {
            throw BackupException.Damaged(name, "its databases", error.Message);
        }
    }

    private static SqliteConnection Open(string name, string folder, string part)
    {
        // Not read-only: a copy in write-ahead mode needs its index file.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, part), Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return SqliteFile.Scalar(connection, "PRAGMA integrity_check(1)") is var answer and not "ok"
                ? throw BackupException.Damaged(name, $"part '{part}'", $"integrity check: {answer}")
                : connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw BackupException.Damaged(name, $"part '{part}'", error.Message);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static ImmutableSortedDictionary<string, long> States(SqliteConnection state)
    {
        using var command = state.CreateCommand();
        command.CommandText = "SELECT state_name, count(*) FROM grain_state WHERE payload IS NOT NULL GROUP BY state_name";
        using var row = command.ExecuteReader();
        var states = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        while (row.Read())
        {
            states[row.GetString(0)] = row.GetInt64(1);
        }

        return states.ToImmutable();
    }
}
