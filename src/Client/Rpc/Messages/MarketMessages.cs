using BtcAgent.Client.Api;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Feeds;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using V1 = BtcAgent.Client.Grpc.V1;
using WellKnown = Google.Protobuf.WellKnownTypes;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Messages about instruments and their market data.</summary>
internal static class MarketMessages
{
    public static V1.InstrumentView Of(InstrumentView view) => new()
    {
        Market = Of(view.Market),
        Book = new V1.Book
        {
            InSync = view.Book.InSync,
            LastUpdateId = view.Book.LastUpdateId,
            Bids = { view.Book.Bids.Select(Of) },
            Asks = { view.Book.Asks.Select(Of) },
        },
        Latency = { view.Latency.Select(Of) },
    };

    public static V1.Instrument Of(InstrumentSnapshot snapshot) => new()
    {
        Instrument_ = snapshot.Instrument.Key,
        Rules = snapshot.Rules is { } rules ? Of(rules) : null,
        Quote = Of(snapshot.Quote),
        LastPrice = snapshot.LastPrice.ToString(),
        LastQuantity = snapshot.LastQuantity.ToString(),
        LastAggressor = (V1.Side)(snapshot.LastAggressor ?? 0),
        Bars = { snapshot.Bars.Select(Of) },
        Health = Of(snapshot.Health),
    };

    public static V1.Quote Of(Quote quote) => new()
    {
        Bid = quote.Bid.ToString(),
        BidQuantity = quote.BidQuantity.ToString(),
        Ask = quote.Ask.ToString(),
        AskQuantity = quote.AskQuantity.ToString(),
        Mid = Plain.Text(quote.Mid),
        SpreadBps = quote.SpreadBps,
    };

    public static V1.Bar Of(Bar bar) => new()
    {
        OpenTime = Plain.Time(bar.OpenTime),
        Interval = WellKnown.Duration.FromTimeSpan(bar.Interval),
        Open = bar.Open.ToString(),
        High = bar.High.ToString(),
        Low = bar.Low.ToString(),
        Close = bar.Close.ToString(),
        Volume = bar.Volume.ToString(),
        BuyVolume = bar.BuyVolume.ToString(),
        QuoteVolume = Plain.Text(bar.QuoteVolume),
        TradeCount = bar.TradeCount,
    };

    public static V1.Feed Of(FeedHealth health)
    {
        var message = new V1.Feed
        {
            IsConnected = health.IsConnected,
            Epoch = health.Epoch,
            Events = health.Events,
            Interruptions = health.Interruptions,
            SequenceHoles = health.SequenceHoles,
            Duplicates = health.Duplicates,
            LastEventTime = Plain.Time(health.LastEventTime),
            LastReceiveTime = Plain.Time(health.LastReceiveTime),
            AgeMs = health.AgeMs,
            BatchesRefused = health.BatchesRefused,
            Lines = { health.Lines.Select(Of) },
        };
        if (health.ClockSkewMs is { } skew)
        {
            message.ClockSkewMs = skew;
        }

        return message;
    }

    public static V1.Latency Of(LatencyPercentiles latency) => new()
    {
        // The stages begin at 0, the message's at 1.
        Stage = (V1.LatencyStage)((int)latency.Stage + 1),
        Count = latency.Count,
        P50Ms = latency.P50Ms,
        P99Ms = latency.P99Ms,
        MaxMs = latency.MaxMs,
    };

    public static V1.Progress Of(FeatureProgress progress) => new()
    {
        FeedEpoch = progress.FeedEpoch,
        LastSequence = progress.LastSequence,
        Counters = Of(progress.Counters),
        SamplesSkipped = progress.SamplesSkipped,
        EventsConsumed = progress.EventsConsumed,
        SequenceChecksum = Plain.Text(progress.SequenceChecksum),
    };

    private static V1.Counters Of(PipelineCounters counters) => new()
    {
        Events = counters.Events,
        Trades = counters.Trades,
        DepthUpdates = counters.DepthUpdates,
        Quotes = counters.Quotes,
        Snapshots = counters.Snapshots,
        BookGaps = counters.BookGaps,
        TopMatches = counters.TopMatches,
        TopComparable = counters.TopComparable,
        Duplicates = counters.Duplicates,
        SequenceHoles = counters.SequenceHoles,
        TimesBackwards = counters.TimesBackwards,
        Samples = counters.Samples,
        LateTrades = counters.LateTrades,
        Interruptions = counters.Interruptions,
        CrossedBooks = counters.CrossedBooks,
        TimesAhead = counters.TimesAhead,
        ClockTurnedBack = counters.ClockTurnedBack,
    };

    private static V1.FeedLine Of(FeedLineHealth line) => new()
    {
        IsLive = line.IsLive,
        Epoch = line.Epoch,
        Events = line.Events,
        First = line.First,
        Interruptions = line.Interruptions,
        SequenceHoles = line.SequenceHoles,
    };

    private static V1.PriceLevel Of(PriceLevel level) => new() { Price = level.Price.ToString(), Quantity = level.Quantity.ToString() };

    private static V1.TradingRules Of(TradingRules rules)
    {
        var message = new V1.TradingRules
        {
            Instrument = rules.Instrument.Key,
            BaseAsset = rules.BaseAsset,
            QuoteAsset = rules.QuoteAsset,
            TickSize = rules.TickSize.ToString(),
            LotSize = rules.LotSize.ToString(),
            MinQuantity = rules.MinQuantity.ToString(),
            MaxQuantity = rules.MaxQuantity.ToString(),
            MinNotional = Plain.Text(rules.MinNotional),
            IsTrading = rules.IsTrading,
            BuyBand = Of(rules.BuyBand),
            SellBand = Of(rules.SellBand),
            MinNotionalAppliesToMarket = rules.MinNotionalAppliesToMarket,
            MaxNotionalAppliesToMarket = rules.MaxNotionalAppliesToMarket,
        };
        Optional.Set(rules.PercentPriceUp, value => message.PercentPriceUp = value);
        Optional.Set(rules.PercentPriceDown, value => message.PercentPriceDown = value);
        Optional.Set(rules.MinPrice?.ToString(), value => message.MinPrice = value);
        Optional.Set(rules.MaxPrice?.ToString(), value => message.MaxPrice = value);
        Optional.Set(rules.MarketLotSize?.ToString(), value => message.MarketLotSize = value);
        Optional.Set(rules.MarketMinQuantity?.ToString(), value => message.MarketMinQuantity = value);
        Optional.Set(rules.MarketMaxQuantity?.ToString(), value => message.MarketMaxQuantity = value);
        Optional.Set(rules.MaxNotional, value => message.MaxNotional = value);
        Optional.Set(rules.MaxPosition?.ToString(), value => message.MaxPosition = value);
        Optional.Set(rules.Status, value => message.Status = value);
        Optional.Set(rules.ReferencePrice?.ToString(), value => message.ReferencePrice = value);
        return message;
    }

    private static V1.PriceBand? Of(PriceBand? band) => band is { } known ? new() { Up = Plain.Text(known.Up), Down = Plain.Text(known.Down) } : null;
}
