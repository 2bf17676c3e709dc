using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>
/// Rows of one kind, made from the facts of one topic. Every data set begins with the time of its rows and ends with their place
/// in the log, so that rows have one order and each can be traced to its fact.
/// </summary>
public abstract class Dataset
{
    private const int SmallRowGroup = 122_880;

    /// <summary>Name in SQL, in paths and in settings.</summary>
    public abstract string Name { get; }

    /// <summary>Topic of the facts.</summary>
    public abstract FactTopic Topic { get; }

    /// <summary>True when each file has rows of one instrument.</summary>
    public virtual bool IsByInstrument => true;

    /// <summary>Rows of a row group: fewer where rows are large.</summary>
    internal virtual int RowGroupRows => SmallRowGroup;

    /// <summary>All columns, in the order of the files.</summary>
    public ImmutableArray<DatasetColumn> Columns => field.IsDefault ? field = [.. Head, .. Own, .. Place] : field;

    /// <summary>Changes with names, types and order of the columns: 16 hexadecimal digits.</summary>
    public string SchemaHash => field ??= Fnv1a.Hash(Encoding.UTF8.GetBytes(string.Join(';', Columns.Select(column => column.Definition))))
        .ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Columns between time and place.</summary>
    protected abstract ImmutableArray<DatasetColumn> Own { get; }

    private static ImmutableArray<DatasetColumn> Head =>
    [
        new("event_time", ColumnType.Time, "when it happened, by the market's clock where there is one"),
        new("event_nanos", ColumnType.Nanos, "in queries `event_ns`: event time in nanoseconds since 1970 UTC"),
    ];

    private static ImmutableArray<DatasetColumn> Place =>
    [
        new("fact_log", ColumnType.Text, "log that the fact was read from"),
        new("fact_partition", ColumnType.Whole, "partition of the topic"),
        new("fact_offset", ColumnType.Whole, "offset of the fact in the partition"),
        new("fact_row", ColumnType.Whole, "number of the row within its fact"),
    ];

    /// <summary>Writes the rows of a fact.</summary>
    /// <param name="message">The topic's message.</param>
    /// <param name="rows">Receives the values in the order of the columns.</param>
    internal abstract void Write(IMessage message, RowWriter rows);
}
