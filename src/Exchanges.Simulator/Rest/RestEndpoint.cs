using System.Globalization;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Protocol;
using BtcAgent.Exchanges.Simulator.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Exchanges.Simulator.Rest;

/// <summary>The market data endpoints of <c>/api/v3</c>.</summary>
internal sealed class RestEndpoint(IReadOnlyDictionary<string, SimulatedMarket> markets, Lock gate, WeightMeter weights, Func<long> nowMs)
{
    private const int DepthMax = 5_000;
    private const int RowsMax = 1_000;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v3/ping", context => AnswerAsync(context, 1, json => Object(json, () => { })));
        app.MapGet("/api/v3/time", context => AnswerAsync(context, 1, json => Object(json, () =>
            json.WriteNumber("serverTime", nowMs()))));
        app.MapGet("/api/v3/exchangeInfo", ExchangeInfoAsync);
        app.MapGet("/api/v3/depth", context => MarketAsync(
            context, DepthWeight(Limit(context, 100, DepthMax)), (json, market) => Depth(json, market, Limit(context, 100, DepthMax))));
        app.MapGet("/api/v3/trades", context => MarketAsync(context, weight: 25, (json, market) => Trades(json, market, Limit(context, 500, RowsMax))));
        app.MapGet("/api/v3/klines", context => MarketAsync(context, weight: 2, (json, market) => Klines(json, market, Limit(context, 500, RowsMax))));
        app.MapGet("/api/v3/ticker/bookTicker", context => MarketAsync(context, weight: 2, Top));
        app.MapGet("/api/v3/referencePrice", context => ReferenceAsync(context, ReferenceJson.Price));
        app.MapGet("/api/v3/referencePrice/calculation", context => ReferenceAsync(context, ReferenceJson.Calculation));
        app.MapGet("/api/v3/executionRules", context => MarketAsync(context, weight: 2, (json, market) => ReferenceJson.Rules(json, market)));
        app.MapFallback(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private Task ExchangeInfoAsync(HttpContext context)
    {
        var symbol = context.Request.Query["symbol"].ToString();
        if (symbol.Length > 0 && !markets.ContainsKey(symbol))
        {
            return RefuseAsync(context, 20, VenueError.UnknownSymbol);
        }

        return AnswerAsync(context, 20, json => Object(json, () =>
        {
            json.WriteString("timezone", "UTC");
            json.WriteNumber("serverTime", nowMs());
            json.WriteStartArray("rateLimits");
            json.WriteRawValue($$"""{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":{{weights.WeightMax}}}""");
            json.WriteEndArray();
            json.WriteStartArray("exchangeFilters");
            json.WriteEndArray();
            json.WriteStartArray("symbols");
            foreach (var market in markets.Values.Where(m => symbol.Length == 0 || m.Symbol == symbol))
            {
                json.WriteRawValue(SymbolRules.Json(market.Symbol, market.Status));
            }

            json.WriteEndArray();
        }));
    }

    private Task MarketAsync(HttpContext context, int weight, Action<Utf8JsonWriter, SimulatedMarket> write)
    {
        var symbol = context.Request.Query["symbol"].ToString();
        if (symbol.Length == 0)
        {
            return RefuseAsync(context, weight, VenueError.Missing("symbol"));
        }

        if (!markets.TryGetValue(symbol, out var market))
        {
            return RefuseAsync(context, weight, VenueError.UnknownSymbol);
        }

        if (Limit(context, 1, DepthMax) < 1)
        {
            return RefuseAsync(context, weight, VenueError.Illegal("limit"));
        }

        if (context.Request.Path.Value!.EndsWith("/klines", StringComparison.Ordinal) && context.Request.Query["interval"] != "1m")
        {
            return RefuseAsync(context, weight, VenueError.InvalidInterval);
        }

        return AnswerAsync(context, weight, json =>
        {
            lock (gate)
            {
                write(json, market);
            }
        });
    }

    private Task ReferenceAsync(HttpContext context, Action<Utf8JsonWriter, SimulatedMarket, long> write) =>
        markets.TryGetValue(context.Request.Query["symbol"].ToString(), out var market) && market.Reference.Source == ReferencePriceSource.Absent
            ? RefuseAsync(context, 2, VenueError.NoReferencePrice)
            : MarketAsync(context, weight: 2, (json, known) => write(json, known, nowMs()));

    /// <summary>The requested <c>limit</c>; −1 when it is not a positive whole number.</summary>
    private static int Limit(HttpContext context, int fallback, int max)
    {
        var text = context.Request.Query["limit"].ToString();
        return text.Length == 0 ? fallback
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? Math.Min(limit, max)
            : -1;
    }

    /// <summary>Source: Binance spot documentation, "Order book".</summary>
    private static int DepthWeight(int limit) => limit switch
    {
        <= 100 => 5,
        <= 500 => 25,
        <= 1_000 => 50,
        _ => 250,
    };

    private static void Depth(Utf8JsonWriter json, SimulatedMarket market, int limit) => Object(json, () =>
    {
        json.WriteNumber("lastUpdateId", market.UpdateId);
        VenueMessages.Levels(json, "bids", Side(Domain.Side.Buy));
        VenueMessages.Levels(json, "asks", Side(Domain.Side.Sell));

        IEnumerable<(Price, Quantity)> Side(Side side) =>
            Enumerable.Range(0, Math.Min(limit, market.LevelCount(side))).Select(depth => market.LevelAt(side, depth));
    });

    private static void Trades(Utf8JsonWriter json, SimulatedMarket market, int limit)
    {
        json.WriteStartArray();
        foreach (var trade in market.Trades.Skip(Math.Max(0, market.Trades.Count - limit)))
        {
            Object(json, () =>
            {
                json.WriteNumber("id", trade.Id);
                json.WriteString("price", VenueMessages.Text(trade.Price));
                json.WriteString("qty", VenueMessages.Text(trade.Quantity));
                json.WriteString("quoteQty", VenueMessages.Text(trade.Price.Times(trade.Quantity)));
                json.WriteNumber("time", trade.TimeMs);
                json.WriteBoolean("isBuyerMaker", trade.BuyerIsMaker);
                json.WriteBoolean("isBestMatch", true);
            });
        }

        json.WriteEndArray();
    }

    private static void Klines(Utf8JsonWriter json, SimulatedMarket market, int limit)
    {
        json.WriteStartArray();
        foreach (var kline in market.Klines.Skip(Math.Max(0, market.Klines.Count - limit)))
        {
            json.WriteStartArray();
            json.WriteNumberValue(kline.OpenTimeMs);
            foreach (var price in new[] { kline.Open, kline.High, kline.Low, kline.Close })
            {
                json.WriteStringValue(VenueMessages.Text(price));
            }

            json.WriteStringValue(VenueMessages.Text(kline.Volume));
            json.WriteNumberValue(kline.CloseTimeMs);
            json.WriteStringValue(VenueMessages.Text(kline.QuoteVolume));
            json.WriteNumberValue(kline.Trades);
            json.WriteStringValue(VenueMessages.Text(kline.TakerBuyVolume));
            json.WriteStringValue(VenueMessages.Text(kline.TakerBuyQuoteVolume));
            json.WriteStringValue("0");
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Top(Utf8JsonWriter json, SimulatedMarket market) => Object(json, () =>
    {
        var (bid, bidQuantity) = market.LevelAt(Side.Buy, 0);
        var (ask, askQuantity) = market.LevelAt(Side.Sell, 0);
        json.WriteString("symbol", market.Symbol);
        json.WriteString("bidPrice", VenueMessages.Text(bid));
        json.WriteString("bidQty", VenueMessages.Text(bidQuantity));
        json.WriteString("askPrice", VenueMessages.Text(ask));
        json.WriteString("askQty", VenueMessages.Text(askQuantity));
    });

    private static void Object(Utf8JsonWriter json, Action fields)
    {
        json.WriteStartObject();
        fields();
        json.WriteEndObject();
    }

    private async Task AnswerAsync(HttpContext context, int weight, Action<Utf8JsonWriter> write)
    {
        var (used, isOver) = weights.Add(context.Connection.RemoteIpAddress, weight);
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = used.ToString(CultureInfo.InvariantCulture);
        if (isOver)
        {
            await WriteAsync(context, VenueError.TooManyRequests);
            return;
        }

        context.Response.ContentType = "application/json;charset=UTF-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        write(json);
        await json.FlushAsync(context.RequestAborted);
    }

    private Task RefuseAsync(HttpContext context, int weight, VenueError error)
    {
        var (used, isOver) = weights.Add(context.Connection.RemoteIpAddress, weight);
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = used.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, isOver ? VenueError.TooManyRequests : error);
    }

    private static Task WriteAsync(HttpContext context, VenueError error)
    {
        context.Response.StatusCode = error.Status;
        if (error.Status == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "60";
        }

        return context.Response.WriteAsJsonAsync(new { code = error.Code, msg = error.Message }, context.RequestAborted);
    }
}
