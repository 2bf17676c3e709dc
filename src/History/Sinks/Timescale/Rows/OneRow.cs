using Google.Protobuf;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Rows of a table that takes one row of each message.</summary>
internal abstract class OneRow<TMessage> : TableRows
    where TMessage : IMessage
{
    public sealed override void Check(in FactRecord fact) => Check((TMessage)fact.Message);

    public sealed override void AddInstruments(in FactRecord fact, ISet<string> keys)
    {
        if (InstrumentOf((TMessage)fact.Message) is { } key)
        {
            keys.Add(key);
        }
    }

    public sealed override void VisitTimes(in FactRecord fact, Action<long> visit) => visit(TimeOf(fact));

    public sealed override async Task WriteAsync(RowWriter writer, FactRecord fact)
    {
        await writer.RowAsync();
        await writer.TimeAsync(TimeOf(fact));
        await WriteAsync(writer, (TMessage)fact.Message);
        await writer.LongAsync(fact.Offset);
    }

    protected abstract void Check(TMessage message);

    protected abstract string? InstrumentOf(TMessage message);

    /// <summary>In ns since 1970; 0 when the message has none.</summary>
    protected abstract long TimeOf(TMessage message);

    /// <summary>Writes the columns between the time and the offset.</summary>
    protected abstract Task WriteAsync(RowWriter writer, TMessage message);

    private long TimeOf(in FactRecord fact) => WireValues.TimeOf(TimeOf((TMessage)fact.Message), fact);
}
