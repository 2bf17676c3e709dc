using BtcAgent.History.Datasets;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sql;

namespace BtcAgent.History.Files;

/// <summary>Rows of a data set that are not stored yet, and how far each partition of the log was read into them.</summary>
internal sealed class DatasetBuffer(SqlSession session, Dataset dataset)
{
    private readonly Dictionary<LogPartition, long> _next = [];
    private readonly List<LostRange> _lost = [];

    public Dataset Dataset => dataset;

    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>When the oldest fact since the last flush was collected; null when there is none.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>By partition, the offset after the last fact collected.</summary>
    public IReadOnlyDictionary<LogPartition, long> Next => _next;

    public IReadOnlyList<LostRange> Lost => _lost;

    private string Table => $"\"buffer_{dataset.Name}\"";

    /// <summary>Begins with nothing, at the checkpoints that are stored.</summary>
    public void Clear()
    {
        var columns = string.Join(", ", dataset.Columns.Select(column => column.Definition));
        session.Execute($"CREATE OR REPLACE TABLE {Table} (_instrument VARCHAR NOT NULL, {columns})");
        _next.Clear();
        Emptied();
    }

    /// <summary>The buffer has been stored.</summary>
    public void Stored()
    {
        session.Execute($"TRUNCATE {Table}");
        Emptied();
    }

    /// <summary>Adds the rows of the facts from the given offset on that are not collected yet.</summary>
    /// <param name="batch">Facts of the data set's topic.</param>
    /// <param name="stored">The stored checkpoint; null when there is none.</param>
    /// <param name="now">Our clock.</param>
    public void Collect(FactBatch batch, long? stored, DateTimeOffset now)
    {
        var known = _next.TryGetValue(batch.Partition, out var collected) ? collected : stored;
        if (batch.Next <= known)
        {
            return;
        }

        if (batch.First > known)
        {
            _lost.Add(new LostRange(batch.Partition.ToString(), known.Value, batch.First));
        }

        foreach (var lost in batch.Lost.Where(lost => !(lost.To <= known)))
        {
            _lost.Add(new LostRange(batch.Partition.ToString(), Math.Max(lost.From, known ?? lost.From), lost.To));
        }

        using (var appender = session.Append($"buffer_{dataset.Name}"))
        {
            var rows = new TableWriter(appender, batch.Partition);
            foreach (var fact in batch.Facts)
            {
                if (!(fact.Offset < known))
                {
                    rows.Enter(in fact);
                    dataset.Write(fact.Message, rows);
                }
            }

            Rows += rows.Rows;
            Bytes += rows.Bytes;
        }

        _next[batch.Partition] = batch.Next;
        Since ??= now;
    }

    /// <summary>The groups of rows that belong into one file each.</summary>
    public IReadOnlyList<BufferedGroup> Groups()
    {
        using var command = session.Command($"""
            SELECT _instrument, event_time::DATE, fact_log, fact_partition::INTEGER, min(fact_offset), max(fact_offset)
            FROM {Table} GROUP BY ALL ORDER BY ALL
            """);
        using var row = command.ExecuteReader();
        var groups = new List<BufferedGroup>();
        while (row.Read())
        {
            groups.Add(new(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4), row.GetInt64(5)));
        }

        return groups;
    }

    /// <summary>A query for the rows of a group.</summary>
    public string SourceOf(BufferedGroup group) => $"""
        (SELECT * FROM {Table} WHERE _instrument = {SqlText.Literal(group.Instrument)} AND event_time::DATE = DATE '{group.Date:yyyy-MM-dd}'
            AND fact_log = {SqlText.Literal(group.Log)} AND fact_partition = {group.Partition})
        """;

    private void Emptied()
    {
        (Rows, Bytes, Since) = (0, 0, null);
        _lost.Clear();
    }
}
