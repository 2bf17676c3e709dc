using System.Globalization;
using System.Text.Json;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>Writes facts as entries of streams; docs/redis.md describes the fields.</summary>
internal static class RedisEntries
{
    /// <summary>The topics with a stream, which has the topic's name.</summary>
    public static bool HasStream(FactTopic topic) => topic
        is FactTopic.MarketData or FactTopic.OrderBook or FactTopic.Features or FactTopic.Signals or FactTopic.Decisions or FactTopic.Executions;

    public static IEnumerable<RedisFields> Of(FactRecord fact) => fact.Message switch
    {
        MarketDataBatch batch => batch.Events.Select(one => Of(batch, one)).OfType<RedisFields>().Select(fields => Logged(fields, fact)),
        BookDepth book => [Logged(Of(book), fact)],
        FeatureVector sample => [Logged(Of(sample), fact)],
        TradingSignal signal => [Logged(Of(signal), fact)],
        RiskDecision decision => [Logged(Of(decision), fact)],
        TradeExecution fill => [Logged(Of(fill), fact)],
        _ => [],
    };

    public static RedisFields Of(TradingSignal signal) => new RedisFields()
        .Add("instrument", signal.Instrument)
        .Add("strategy", signal.Strategy)
        .Add("event_time_ns", signal.EventTime)
        .Add("model_id", signal.ModelId)
        .Add("model_hash", signal.ModelHash)
        .Add("direction", signal.Direction)
        .Add("score", signal.Score)
        .Add("confidence", signal.Confidence)
        .Add("expected_move_bps", signal.ExpectedMoveBps)
        .Add("is_valid", signal.Refusals.Count == 0)
        .Add("refusals", string.Join(',', signal.Refusals));

    /// <summary>Null for changes of single levels: <c>order_book</c> has the book.</summary>
    private static RedisFields? Of(MarketDataBatch batch, MarketEvent one)
    {
        var fields = new RedisFields()
            .Add("instrument", batch.Instrument)
            .Add("event_time_ns", one.EventTime)
            .Add("receive_time_ns", one.ReceiveTime)
            .Add("line", batch.Line)
            .Add("feed_epoch", batch.FeedEpoch)
            .Add("sequence", one.Sequence);
        return one.Kind switch
        {
            MarketEventKind.Trade => fields.Add("kind", "trade").Add("trade_id", one.LastId)
                .AddUnits("price", one.Price).AddUnits("quantity", one.Quantity).AddSide("aggressor", one.Aggressor),
            MarketEventKind.Quote => fields.Add("kind", "quote").Add("update_id", one.LastId)
                .AddUnits("bid_price", one.Price).AddUnits("bid_quantity", one.Quantity)
                .AddUnits("ask_price", one.AskPrice).AddUnits("ask_quantity", one.AskQuantity),
            MarketEventKind.FeedInterrupted => fields.Add("kind", "feed_interrupted"),
            _ => null,
        };
    }

    private static RedisFields Of(BookDepth book) => new RedisFields()
        .Add("instrument", book.Instrument)
        .Add("event_time_ns", book.EventTime)
        .Add("update_id", book.LastUpdateId)
        .AddLevels("bids", book.BidPrices, book.BidQuantities)
        .AddLevels("asks", book.AskPrices, book.AskQuantities);

    private static RedisFields Of(FeatureVector sample) => new RedisFields()
        .Add("instrument", sample.Instrument)
        .Add("event_time_ns", sample.EventTime)
        .Add("receive_time_ns", sample.ReceiveTime)
        .Add("schema_hash", sample.SchemaHash.ToString("x16", CultureInfo.InvariantCulture))
        .Add("is_warm", sample.IsWarm)
        .Add("book_in_sync", sample.BookInSync)
        .AddUnits("bid_price", sample.BidPrice)
        .AddUnits("ask_price", sample.AskPrice)
        .Add("values", JsonSerializer.Serialize(sample.Values.Select(value => float.IsFinite(value) ? value : (float?)null)));

    private static RedisFields Of(RiskDecision decision)
    {
        var fields = new RedisFields()
            .Add("decision_id", decision.Id)
            .Add("portfolio", decision.Portfolio)
            .Add("instrument", decision.Instrument)
            .Add("strategy", decision.Strategy)
            .Add("event_time_ns", decision.EventTime)
            .Add("outcome", decision.Outcome switch
            {
                RiskOutcome.Approved => "approved",
                RiskOutcome.Hold => "hold",
                RiskOutcome.Rejected => "rejected",
                _ => null,
            })
            .Add("failed_checks", string.Join(',', decision.Checks.Where(check => !check.Passed).Select(check => check.Code)))
            .Add("target_position", decision.TargetPosition)
            .Add("current_position", decision.CurrentPosition)
            .Add("summary", decision.Summary)
            .Add("model_hash", decision.ModelHash);
        if (decision.Intent is { } intent)
        {
            fields.Add("client_order_id", intent.ClientOrderId).AddSide("side", intent.Side).Add("type", intent.Type)
                .Add("time_in_force", intent.TimeInForce).AddUnits("quantity", intent.Quantity);
            _ = intent.HasLimitPrice ? fields.AddUnits("limit_price", intent.LimitPrice) : fields;
            _ = intent.HasStopPrice ? fields.AddUnits("stop_price", intent.StopPrice) : fields;
        }

        return fields;
    }

    private static RedisFields Of(TradeExecution fill) => new RedisFields()
        .Add("trade_id", fill.TradeId)
        .Add("client_order_id", fill.ClientOrderId)
        .Add("portfolio", fill.Portfolio)
        .Add("instrument", fill.Instrument)
        .AddSide("side", fill.Side)
        .AddUnits("price", fill.Price)
        .AddUnits("quantity", fill.Quantity)
        .Add("fee", fill.Fee)
        .Add("fee_asset", fill.FeeAsset)
        .Add("is_maker", fill.IsMaker)
        .Add("event_time_ns", fill.EventTime);

    private static RedisFields Logged(RedisFields fields, FactRecord fact) => fields.Add("logged_at_ns", fact.LoggedAt.UnixNanoseconds);
}
