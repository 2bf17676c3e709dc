using BtcAgent.History.Log;
using DuckDB.NET.Data;

namespace BtcAgent.History.Datasets;

/// <summary>Writes rows into the table of a data set, whose first column is the instrument.</summary>
internal sealed class TableWriter(DuckDBAppender appender, LogPartition partition) : RowWriter
{
    private const int NanosPerMicro = 1000;
    private const int BytesPerValue = 8;

    private IDuckDBAppenderRow? _row;

    /// <summary>Rows written.</summary>
    public int Rows { get; private set; }

    /// <summary>Approximate size of the rows in memory.</summary>
    public long Bytes { get; private set; }

    private IDuckDBAppenderRow Row => _row ?? throw new InvalidOperationException("no row was begun");

    public override RowWriter Time(long nanoseconds)
    {
        TimeOnly(nanoseconds);
        Row.AppendValue((short)(nanoseconds % NanosPerMicro));
        return Counted(BytesPerValue);
    }

    public override RowWriter TimeOnly(long nanoseconds)
    {
        Row.AppendValue(DateTime.UnixEpoch.AddTicks(nanoseconds / NanosPerMicro * TimeSpan.TicksPerMicrosecond));
        return Counted(BytesPerValue);
    }

    public override RowWriter Whole(long value)
    {
        Row.AppendValue(value);
        return Counted(BytesPerValue);
    }

    public override RowWriter Real(double value)
    {
        Row.AppendValue(value);
        return Counted(BytesPerValue);
    }

    public override RowWriter SingleOrNull(float? value)
    {
        Row.AppendValue(value);
        return Counted(BytesPerValue);
    }

    public override RowWriter Flag(bool value)
    {
        Row.AppendValue(value);
        return Counted(1);
    }

    public override RowWriter Text(string value)
    {
        Row.AppendValue(value);
        return Counted(BytesPerValue + value.Length);
    }

    public override RowWriter List<T>(IReadOnlyCollection<T> values)
    {
        Row.AppendValue<T>(values);
        return Counted(BytesPerValue * (values.Count + 1));
    }

    public override RowWriter Null()
    {
        Row.AppendNullValue();
        return Counted(1);
    }

    public override void End()
    {
        Text(partition.Log).Whole(partition.Number).Whole(Fact.Offset).Whole(RowOfFact++);
        Row.EndRow();
        _row = null;
        Rows++;
    }

    protected override RowWriter BeginRow(string instrument)
    {
        _row = appender.CreateRow();
        Row.AppendValue(instrument);
        return this;
    }

    protected override RowWriter Amount(decimal value)
    {
        Row.AppendValue(value);
        return Counted(2 * BytesPerValue);
    }

    private RowWriter Counted(int bytes)
    {
        Bytes += bytes;
        return this;
    }
}
