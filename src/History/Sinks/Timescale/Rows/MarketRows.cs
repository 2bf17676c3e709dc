using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>
/// Trades, quotes and interruptions of the feed. Changes of the book are left out: <c>order_book</c> has the rebuilt book, and
/// tapes have every change.
/// </summary>
internal sealed class MarketRows : TableRows
{
    public override string Table => "market_data";

    /// <summary>The merged trades and quotes of all lines. Views read this line: rows of another one are copies of earlier versions.</summary>
    private const int Merged = 0;

    protected override string Columns =>
        "event_time, receive_time, instrument_id, kind, line, feed_epoch, sequence, venue_id, "
        + "price_e8, quantity_e8, ask_price_e8, ask_quantity_e8, aggressor";

    public static bool IsStored(MarketEvent one) =>
        one.Kind is MarketEventKind.Trade or MarketEventKind.Quote or MarketEventKind.FeedInterrupted;

    /// <summary>The venue's time; ours where the venue sends none.</summary>
    public static long TimeOf(MarketEvent one, in FactRecord fact) =>
        WireValues.TimeOf(one.EventTime != 0 ? one.EventTime : one.ReceiveTime, fact);

    public override void Check(in FactRecord fact) => WireValues.CheckTexts(((MarketDataBatch)fact.Message).Instrument);

    public override void AddInstruments(in FactRecord fact, ISet<string> keys) => keys.Add(((MarketDataBatch)fact.Message).Instrument);

    public override void VisitTimes(in FactRecord fact, Action<long> visit)
    {
        foreach (var one in ((MarketDataBatch)fact.Message).Events)
        {
            if (IsStored(one))
            {
                visit(TimeOf(one, fact));
            }
        }
    }

    public override async Task WriteAsync(RowWriter writer, FactRecord fact)
    {
        var batch = (MarketDataBatch)fact.Message;
        foreach (var one in batch.Events)
        {
            if (!IsStored(one))
            {
                continue;
            }

            await writer.RowAsync();
            await writer.TimeAsync(TimeOf(one, fact));
            await writer.TimeAsync(WireValues.TimeOf(one.ReceiveTime, fact));
            await writer.InstrumentAsync(batch.Instrument);
            await writer.IntAsync((int)one.Kind);
            await writer.IntAsync(one.Kind == MarketEventKind.FeedInterrupted ? batch.Line : Merged);
            await writer.LongAsync(batch.FeedEpoch);
            await writer.LongAsync(one.Sequence);
            await writer.LongAsync(one.LastId);
            await WritePricesAsync(writer, one);
        }
    }

    private static async Task WritePricesAsync(RowWriter writer, MarketEvent one)
    {
        var isTrade = one.Kind == MarketEventKind.Trade;
        var isQuote = one.Kind == MarketEventKind.Quote;
        await writer.LongAsync(isTrade || isQuote, one.Price);
        await writer.LongAsync(isTrade || isQuote, one.Quantity);
        await writer.LongAsync(isQuote, one.AskPrice);
        await writer.LongAsync(isQuote, one.AskQuantity);
        await (isTrade ? writer.SmallAsync(WireValues.Sign(one.Aggressor)) : writer.NullAsync());
    }
}
