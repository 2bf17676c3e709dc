using System.Globalization;
using BtcAgent.History.Sinks;

namespace BtcAgent.History.Datasets;

/// <summary>Writes rows of a data set: values in the order of its columns.</summary>
internal abstract class RowWriter
{
    /// <summary>The fact of the next rows.</summary>
    protected FactRecord Fact { get; private set; }

    /// <summary>Number of the next row within its fact.</summary>
    protected int RowOfFact { get; set; }

    /// <summary>Sets the fact of the next rows.</summary>
    public void Enter(in FactRecord fact) => (Fact, RowOfFact) = (fact, 0);

    /// <param name="instrument">Its instrument as <c>VENUE:SYMBOL</c>; empty for data sets without.</param>
    /// <param name="eventTime">In ns since 1970 UTC; where it is unknown, the time at which the fact was logged.</param>
    public RowWriter Begin(string instrument, long eventTime) =>
        BeginRow(instrument).Time(eventTime > 0 ? eventTime : Fact.LoggedAt.UnixNanoseconds);

    /// <summary>Writes a time and the nanoseconds beyond its microseconds: two columns.</summary>
    public abstract RowWriter Time(long nanoseconds);

    /// <summary>Writes a time in microseconds: one column.</summary>
    public abstract RowWriter TimeOnly(long nanoseconds);

    public abstract RowWriter Whole(long value);

    public RowWriter WholeOrNull(bool has, long value) => has ? Whole(value) : Null();

    public abstract RowWriter Real(double value);

    public abstract RowWriter SingleOrNull(float? value);

    public abstract RowWriter Flag(bool value);

    public abstract RowWriter Text(string value);

    /// <summary>Writes null for an empty text.</summary>
    public RowWriter TextOrNull(string? value) => string.IsNullOrEmpty(value) ? Null() : Text(value);

    /// <summary>Writes decimal text; null when it is empty or not a decimal.</summary>
    public RowWriter AmountOrNull(string? value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? Amount(amount) : Null();

    public abstract RowWriter List<T>(IReadOnlyCollection<T> values);

    public abstract RowWriter Null();

    /// <summary>Writes the place in the log and ends the row.</summary>
    public abstract void End();

    protected abstract RowWriter BeginRow(string instrument);

    protected abstract RowWriter Amount(decimal value);
}
