namespace BtcAgent.Exchanges.Binance.Execution.Transport;

/// <summary>One of the venue's functions, over the WebSocket API and REST. Source: Binance spot documentation.</summary>
/// <param name="Method">Name in the WebSocket API.</param>
/// <param name="Verb">HTTP verb of the REST endpoint.</param>
/// <param name="Path">Path of the REST endpoint.</param>
/// <param name="Weight">Request weight.</param>
/// <param name="IsOrder">Whether it counts against the order limits.</param>
internal sealed record ApiCall(string Method, HttpMethod Verb, string Path, int Weight, bool IsOrder = false)
{
    public static readonly ApiCall Place = new("order.place", HttpMethod.Post, "/api/v3/order", 1, IsOrder: true);
    public static readonly ApiCall Cancel = new("order.cancel", HttpMethod.Delete, "/api/v3/order", 1);
    public static readonly ApiCall Find = new("order.status", HttpMethod.Get, "/api/v3/order", 4);
    public static readonly ApiCall Amendments = new("order.amendments", HttpMethod.Get, "/api/v3/order/amendments", 4);
    public static readonly ApiCall OpenOrders = new("openOrders.status", HttpMethod.Get, "/api/v3/openOrders", 6);
    public static readonly ApiCall Trades = new("myTrades", HttpMethod.Get, "/api/v3/myTrades", 20);
    public static readonly ApiCall Account = new("account.status", HttpMethod.Get, "/api/v3/account", 20);

    /// <summary>REST only. Source: Binance wallet documentation, "Get API Key Permission".</summary>
    public static readonly ApiCall KeyRights = new("apiRestrictions", HttpMethod.Get, "/sapi/v1/account/apiRestrictions", 1);

    public static readonly ApiCall Subscribe =
        new("userDataStream.subscribe.signature", HttpMethod.Get, "", 2);

    /// <summary>True for orders and cancels, the only functions that change anything.</summary>
    public bool IsCommand => Verb != HttpMethod.Get;
}
