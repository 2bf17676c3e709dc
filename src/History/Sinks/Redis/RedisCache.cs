using System.Text.Json;
using BtcAgent.Contracts.Wire.V1;
using StackExchange.Redis;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>
/// The newest state per portfolio, instrument and strategy of a run of facts, as hashes; docs/redis.md describes the fields.
/// </summary>
internal sealed class RedisCache(RedisSinkOptions options)
{
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, State> States => _states;

    public void Add(FactRecord fact)
    {
        switch (fact.Message)
        {
            case MarketDataBatch batch:
                Add(batch, fact);
                break;
            case TradingSignal signal:
                Put($"model_predictions:{signal.Instrument}:{signal.Strategy}", RedisEntries.Of(signal), signal.EventTime, fact, options.PredictionSeconds);
                break;
            case PortfolioMark mark:
                Put($"current_positions:{mark.Portfolio}", Of(mark), mark.EventTime, fact, keepSeconds: null);
                break;
        }
    }

    private void Add(MarketDataBatch batch, FactRecord fact)
    {
        RedisFields? last = null;
        var newest = 0L;
        foreach (var one in batch.Events)
        {
            var fields = one.Kind switch
            {
                MarketEventKind.Trade => new RedisFields().Add("feed", "connected").Add("trade_id", one.LastId)
                    .AddUnits("trade_price", one.Price).AddUnits("trade_quantity", one.Quantity)
                    .AddSide("trade_aggressor", one.Aggressor).Add("trade_time_ns", one.EventTime),
                MarketEventKind.Quote => new RedisFields().Add("feed", "connected")
                    .AddUnits("bid_price", one.Price).AddUnits("bid_quantity", one.Quantity)
                    .AddUnits("ask_price", one.AskPrice).AddUnits("ask_quantity", one.AskQuantity)
                    .Add("quote_time_ns", one.EventTime != 0 ? one.EventTime : one.ReceiveTime),
                MarketEventKind.FeedInterrupted => new RedisFields().Add("feed", "interrupted").Add("feed_time_ns", one.ReceiveTime),
                _ => null,
            };
            if (fields is not null)
            {
                last = fields;
                newest = Math.Max(newest, one.EventTime != 0 ? one.EventTime : one.ReceiveTime);
                Put($"market_state:{batch.Instrument}", last, newest, fact, options.MarketStateSeconds);
            }
        }
    }

    private void Put(string key, RedisFields fields, long eventTime, FactRecord fact, int? keepSeconds)
    {
        var state = _states.TryGetValue(key, out var known) ? known : _states[key] = new State();
        foreach (var (name, value) in fields.All)
        {
            state.Values[name] = value;
        }

        state.Values["time"] = new Timestamp(eventTime).ToString();
        state.Values["time_ns"] = eventTime;
        state.Values["logged_at_ns"] = fact.LoggedAt.UnixNanoseconds;
        state.ExpiresAtMs = keepSeconds is { } seconds ? fact.LoggedAt.UnixMilliseconds + (seconds * 1_000L) : null;
    }

    private static RedisFields Of(PortfolioMark mark) => new RedisFields()
        .Add("portfolio", mark.Portfolio)
        .Add("quote_asset", mark.QuoteAsset)
        .Add("revision", mark.Revision)
        .Add("cash", mark.Cash)
        .Add("equity", mark.Equity)
        .Add("high_water_mark", mark.HighWaterMark)
        .Add("day_start_equity", mark.DayStartEquity)
        .Add("realized_pnl", mark.RealizedPnl)
        .Add("unrealized_pnl", mark.UnrealizedPnl)
        .Add("fees", mark.Fees)
        .Add("fill_count", mark.FillCount)
        .Add("positions", JsonSerializer.Serialize(mark.Positions.Select(one => new Dictionary<string, string?>
        {
            ["instrument"] = one.Instrument,
            ["quantity"] = one.Quantity,
            ["average_price"] = one.HasAveragePrice ? one.AveragePrice : null,
            ["mark_price"] = one.HasMarkPrice ? one.MarkPrice : null,
            ["realized_pnl"] = one.RealizedPnl,
            ["unrealized_pnl"] = one.UnrealizedPnl,
        })))
        .Add("balances", JsonSerializer.Serialize(new SortedDictionary<string, string>(mark.Balances, StringComparer.Ordinal)));

    /// <summary>Fields of one hash, and when it expires by Unix milliseconds; null: never.</summary>
    internal sealed class State
    {
        public Dictionary<string, RedisValue> Values { get; } = new(StringComparer.Ordinal);

        public long? ExpiresAtMs { get; set; }
    }
}
