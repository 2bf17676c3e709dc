namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Turns facts into rows of one table.</summary>
internal abstract class TableRows
{
    /// <summary>Name of the table in schema <c>trading</c>.</summary>
    public abstract string Table { get; }

    /// <summary>The columns in the order in which <see cref="WriteAsync"/> writes them.</summary>
    protected abstract string Columns { get; }

    public string CopyStatement => $"COPY trading.{Table} ({Columns}) FROM STDIN (FORMAT BINARY)";

    /// <summary>Refuses a fact that the table cannot take.</summary>
    /// <exception cref="FormatException">The fact cannot be stored; the message says why.</exception>
    public virtual void Check(in FactRecord fact)
    {
    }

    /// <summary>Adds the keys of the fact's instruments.</summary>
    public virtual void AddInstruments(in FactRecord fact, ISet<string> keys)
    {
    }

    /// <summary>Reports the partition time of each row in ns since 1970, in the order of <see cref="WriteAsync"/>.</summary>
    public abstract void VisitTimes(in FactRecord fact, Action<long> visit);

    public abstract Task WriteAsync(RowWriter writer, FactRecord fact);
}
