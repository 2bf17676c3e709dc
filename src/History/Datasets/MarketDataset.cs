using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Events of one kind of a venue's feed.</summary>
internal abstract class MarketDataset : Dataset
{
    public override FactTopic Topic => FactTopic.MarketData;

    protected override ImmutableArray<DatasetColumn> Own =>
    [
        new("receive_time", ColumnType.Time, "when the agent received it"),
        new("receive_nanos", ColumnType.Nanos, "in queries `receive_ns`: receive time in nanoseconds since 1970 UTC"),
        .. Event,
        new("sequence", ColumnType.Whole, "number of the event within its feed epoch and line"),
        new("feed_epoch", ColumnType.Whole, "grows with each new reader of the feed"),
        new("line", ColumnType.Whole, "reader of the venue, 0 or 1"),
    ];

    protected abstract MarketEventKind Kind { get; }

    protected abstract ImmutableArray<DatasetColumn> Event { get; }

    internal sealed override void Write(IMessage message, RowWriter rows)
    {
        var batch = (MarketDataBatch)message;
        foreach (var marketEvent in batch.Events)
        {
            if (marketEvent.Kind == Kind)
            {
                // A venue may send no time, as Binance does with quotes.
                rows.Begin(batch.Instrument, marketEvent.EventTime > 0 ? marketEvent.EventTime : marketEvent.ReceiveTime).Time(marketEvent.ReceiveTime);
                Write(marketEvent, rows);
                rows.Whole(marketEvent.Sequence).Whole(batch.FeedEpoch).Whole(batch.Line).End();
            }
        }
    }

    protected abstract void Write(MarketEvent marketEvent, RowWriter rows);
}
