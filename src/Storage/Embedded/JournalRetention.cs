using Microsoft.Data.Sqlite;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// Deletes the oldest entries by number, size and age, a few with every commit, so that no commit takes long. Freed pages are
/// reused; the file shrinks only while it is above the limit.
/// </summary>
internal sealed class JournalRetention
{
    /// <summary>Entries that a commit may delete in addition to twice those it adds.</summary>
    private const int StepMin = 32;

    private const int PagesGivenBack = 256;
    private const long NanosecondsPerDay = 86_400L * 1_000_000_000;

    private readonly SqliteConnection connection;
    private readonly EmbeddedStoreOptions options;
    private readonly TimeProvider time;
    private readonly long pageSize;
    private volatile JournalUsage usage;

    public JournalRetention(SqliteConnection connection, EmbeddedStoreOptions options, TimeProvider time)
    {
        this.connection = connection;
        this.options = options;
        this.time = time;
        pageSize = Read("PRAGMA page_size") ?? 4_096;
        usage = Measure(trimmed: 0);
    }

    public JournalUsage Usage => usage;

    private long BytesMax => options.JournalSizeMaxMb * 1_048_576L;

    /// <summary>Deletes entries inside a transaction that has added the given number.</summary>
    /// <returns>The journal's size after the commit.</returns>
    public JournalUsage Trim(int added)
    {
        var now = Measure(Usage.Trimmed);
        var condition = now.Rows > options.JournalRowsMax ? $"seq <= (SELECT max(seq) FROM decisions) - {options.JournalRowsMax}"
            : now.Bytes > BytesMax ? "1=1"
            : now.OldestEventTimeUnixNs < Oldest() ? $"event_time < {Oldest()}"
            : null;
        if (condition is null)
        {
            return now;
        }

        var step = StepMin + (2 * added);
        return Measure(now.Trimmed + Execute(
            $"DELETE FROM decisions WHERE seq IN (SELECT seq FROM decisions WHERE {condition} ORDER BY seq LIMIT {step})"));
    }

    /// <summary>Called after the transaction's commit.</summary>
    public void Commit(JournalUsage kept)
    {
        usage = kept;
        if (Read("PRAGMA page_count") * pageSize > BytesMax + (PagesGivenBack * pageSize) && Read("PRAGMA freelist_count") > 0)
        {
            Execute($"PRAGMA incremental_vacuum({PagesGivenBack})");
        }
    }

    /// <summary>
    /// Returns the event time of the oldest entry to keep, by the earlier of the newest entry and the clock: if only one of
    /// them is ahead, nothing is deleted.
    /// </summary>
    private long Oldest()
    {
        var newest = Read("SELECT event_time FROM decisions ORDER BY seq DESC LIMIT 1") ?? 0;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        return Math.Min(newest, now) - (options.JournalDaysMax * NanosecondsPerDay);
    }

    private JournalUsage Measure(long trimmed)
    {
        var rows = Read("SELECT max(seq) - min(seq) + 1 FROM decisions") ?? 0;
        var bytes = ((Read("PRAGMA page_count") ?? 0) - (Read("PRAGMA freelist_count") ?? 0)) * pageSize;
        return new JournalUsage(rows, bytes, Read("SELECT event_time FROM decisions ORDER BY seq LIMIT 1"), trimmed);
    }

    private long? Read(string sql) => SqliteFile.Scalar(connection, sql) as long?;

    private int Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
