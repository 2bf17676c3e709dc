using System.Globalization;
using System.Net;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Exchanges.Simulator.Orders;
using BtcAgent.Exchanges.Simulator.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BtcAgent.Exchanges.Simulator.Rest;

/// <summary>The signed REST endpoints of <c>/api/v3</c>.</summary>
internal sealed class TradingEndpoint(TradingApi api, WeightMeter weights, VenueFaults faults)
{
    private static readonly (string Verb, string Path, string Method, int Weight)[] Routes =
    [
        ("POST", "/api/v3/order", "order.place", 1),
        ("POST", "/api/v3/order/test", "order.test", 1),
        ("GET", "/api/v3/order", "order.status", 4),
        ("DELETE", "/api/v3/order", "order.cancel", 1),
        ("POST", "/api/v3/order/cancelReplace", "order.cancelReplace", 1),
        ("PUT", "/api/v3/order/amend/keepPriority", "order.amend.keepPriority", 4),
        ("GET", "/api/v3/order/amendments", "order.amendments", 4),
        ("GET", "/api/v3/myPreventedMatches", "myPreventedMatches", 20),
        ("GET", "/api/v3/openOrders", "openOrders.status", 6),
        ("DELETE", "/api/v3/openOrders", "openOrders.cancelAll", 1),
        ("GET", "/api/v3/allOrders", "allOrders", 20),
        ("GET", "/api/v3/myTrades", "myTrades", 20),
        ("GET", "/api/v3/account", "account.status", 20),
        ("GET", "/api/v3/rateLimit/order", "account.rateLimits.orders", 40),
        ("POST", "/api/v3/orderList/oco", "orderList.place.oco", 1),
        ("POST", "/api/v3/orderList/oto", "orderList.place.oto", 1),
        ("GET", "/api/v3/orderList", "orderList.status", 4),
        ("DELETE", "/api/v3/orderList", "orderList.cancel", 1),
        ("GET", "/api/v3/openOrderList", "openOrderLists.status", 6),
    ];

    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var (verb, path, method, weight) in Routes)
        {
            app.MapMethods(path, [verb], context => HandleAsync(context, method, weight));
        }
    }

    private async Task HandleAsync(HttpContext context, string method, int weight)
    {
        var (used, isOver) = weights.Add(context.Connection.RemoteIpAddress, weight);
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = used.ToString(CultureInfo.InvariantCulture);
        var apiKey = context.Request.Headers["X-MBX-APIKEY"].ToString();
        var answer = isOver
            ? new ApiAnswer(429, null, VenueError.TooManyRequests, RetryAfterSeconds: 60)
            : await api.HandleAsync(method, await ReadAsync(context), apiKey.Length > 0 ? apiKey : null, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (IsFree(method, answer))
        {
            context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = weights.Add(context.Connection.RemoteIpAddress, -weight).Used.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.Headers["X-MBX-ORDER-COUNT-10S"] = api.Orders.Count(apiKey).ToString(CultureInfo.InvariantCulture);
        switch (answer.Fate)
        {
            case AnswerFate.Swallowed:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case AnswerFate.ConnectionCut:
                context.Abort();
                return;
        }

        await WriteAsync(context, answer);
        if (method == "order.place")
        {
            faults.OnStep?.Invoke(OrderStep.Answered, context.Request.Query["newClientOrderId"].ToString());
        }
    }

    /// <summary>Since 2026-04-02 successful orders and cancels have no weight.</summary>
    internal static bool IsFree(string method, ApiAnswer answer) => answer.Status == 200 && (method is "order.place" or "order.cancel"
        or "openOrders.cancelAll" or "order.cancelReplace" or "orderList.place.oco" or "orderList.place.oto" or "orderList.cancel");

    private static Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json;charset=UTF-8";
        if (answer.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return context.Response.BodyWriter.WriteAsync(answer.Result ?? ErrorBytes(answer), context.RequestAborted).AsTask();
    }

    internal static byte[] ErrorBytes(ApiAnswer answer) => TradingApi.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", answer.Error!.Value.Code);
        json.WriteString("msg", answer.Error.Value.Message);
        if (answer.ErrorData is { } data)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(data);
        }

        json.WriteEndObject();
    });

    /// <summary>Reads the query string, then the body. The signature covers both, concatenated, without itself.</summary>
    private static async Task<ApiParameters> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var query = context.Request.QueryString.Value?.TrimStart('?') ?? "";
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var signed = new List<string>();
        foreach (var part in $"{query}&{body}".Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                values[part[..at]] = WebUtility.UrlDecode(part[(at + 1)..]);
            }

            if (!part.StartsWith("signature=", StringComparison.Ordinal))
            {
                signed.Add(part);
            }
        }

        return new ApiParameters(values, string.Join('&', signed));
    }
}
