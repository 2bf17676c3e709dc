using System.Globalization;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using DuckDB.NET.Data;

namespace BtcAgent.History.Datasets;

/// <summary>Writes rows into the table of a data set: values in the order of its columns.</summary>
internal sealed class RowWriter(DuckDBAppender appender, LogPartition partition)
{
    private const int NanosPerMicro = 1000;
    private const int BytesPerValue = 8;

    private IDuckDBAppenderRow? _row;
    private FactRecord _fact;
    private int _rowOfFact;

    /// <summary>Rows written.</summary>
    public int Rows { get; private set; }

    /// <summary>Approximate size of the rows in memory.</summary>
    public long Bytes { get; private set; }

    private IDuckDBAppenderRow Row => _row ?? throw new InvalidOperationException("no row was begun");

    /// <summary>Sets the fact of the next rows.</summary>
    public void Enter(in FactRecord fact) => (_fact, _rowOfFact) = (fact, 0);

    /// <param name="instrument">Its instrument as <c>VENUE:SYMBOL</c>; empty for data sets without.</param>
    /// <param name="eventTime">In ns since 1970 UTC; where it is unknown, the time at which the fact was logged.</param>
    public RowWriter Begin(string instrument, long eventTime)
    {
        var nanoseconds = eventTime > 0 ? eventTime : _fact.LoggedAt.UnixNanoseconds;
        _row = appender.CreateRow();
        Row.AppendValue(instrument);
        return Time(nanoseconds);
    }

    /// <summary>Writes a time and the nanoseconds beyond its microseconds: two columns.</summary>
    public RowWriter Time(long nanoseconds)
    {
        TimeOnly(nanoseconds);
        Row.AppendValue((short)(nanoseconds % NanosPerMicro));
        return Counted(BytesPerValue);
    }

    /// <summary>Writes a time in microseconds: one column.</summary>
    public RowWriter TimeOnly(long nanoseconds)
    {
        Row.AppendValue(DateTime.UnixEpoch.AddTicks(nanoseconds / NanosPerMicro * TimeSpan.TicksPerMicrosecond));
        return Counted(BytesPerValue);
    }

    public RowWriter Whole(long value)
    {
        Row.AppendValue(value);
        return Counted(BytesPerValue);
    }

    public RowWriter WholeOrNull(bool has, long value) => has ? Whole(value) : Null();

    public RowWriter Real(double value)
    {
        Row.AppendValue(value);
        return Counted(BytesPerValue);
    }

    public RowWriter SingleOrNull(float? value)
    {
        Row.AppendValue(value);
        return Counted(BytesPerValue);
    }

    public RowWriter Flag(bool value)
    {
        Row.AppendValue(value);
        return Counted(1);
    }

    public RowWriter Text(string value)
    {
        Row.AppendValue(value);
        return Counted(BytesPerValue + value.Length);
    }

    /// <summary>Writes null for an empty text.</summary>
    public RowWriter TextOrNull(string? value) => string.IsNullOrEmpty(value) ? Null() : Text(value);

    /// <summary>Writes decimal text; null when it is empty or not a decimal.</summary>
    public RowWriter AmountOrNull(string? value)
    {
        if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
        {
            return Null();
        }

        Row.AppendValue(amount);
        return Counted(2 * BytesPerValue);
    }

    public RowWriter List<T>(IReadOnlyCollection<T> values)
    {
        Row.AppendValue<T>(values);
        return Counted(BytesPerValue * (values.Count + 1));
    }

    public RowWriter Null()
    {
        Row.AppendNullValue();
        return Counted(1);
    }

    /// <summary>Writes the place in the log and ends the row.</summary>
    public void End()
    {
        Text(partition.Log).Whole(partition.Number).Whole(_fact.Offset).Whole(_rowOfFact++);
        Row.EndRow();
        _row = null;
        Rows++;
    }

    private RowWriter Counted(int bytes)
    {
        Bytes += bytes;
        return this;
    }
}
