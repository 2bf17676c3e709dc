using System.Globalization;
using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>
/// Another trader with the key of the account. His orders have <see cref="Prefix"/> or a client id of the agent, and are larger
/// than any of <see cref="OrderDriver"/>, so the venue's records show each order's owner.
/// </summary>
internal sealed class Stranger(AccountHand hand, int seed)
{
    public const string Prefix = "web_";

    /// <summary>A quantity above all of the driver's orders.</summary>
    public const decimal QuantityMin = 0.003m;

    private const int RestingMax = 12;
    private const decimal TakenMax = 2m;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Random _random = new(seed ^ 0x57a4e);
    private int _names;

    /// <summary>Client ids of the agent that he has reused.</summary>
    public HashSet<string> Reused { get; } = new(StringComparer.Ordinal);

    /// <summary>The venue's ids of the orders whose cancel he has requested.</summary>
    public HashSet<long> Canceled { get; } = [];

    /// <returns>False when there was no suitable order, or the venue did not confirm the action.</returns>
    public async Task<bool> TryAsync(StrangerAct act, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await (act switch
            {
                StrangerAct.Rest => RestAsync(NewName(), limit.Token),
                StrangerAct.Amend => AmendAsync(limit.Token),
                StrangerAct.Decrement => MeetAsync("DECREMENT", limit.Token),
                StrangerAct.Reuse => ReuseAsync(limit.Token),
                StrangerAct.Trade => IsDoneAsync($"{Side()}&type=MARKET&quantity={Text(Quantity())}&newClientOrderId={NewName()}", limit.Token),
                StrangerAct.Expire => MeetAsync(_random.Next(2) == 0 ? "EXPIRE_MAKER" : "EXPIRE_BOTH", limit.Token),
                StrangerAct.Cancel => CancelAsync(limit.Token),
                _ => QuoteAsync(limit.Token),
            });
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false; // The venue's faults meet him too.
        }
    }

    /// <summary>Too large for the agent's orders.</summary>
    public static bool IsHis(JsonElement order) => VenueRecords.Amount(order, "origQty") >= QuantityMin;

    private async Task<bool> RestAsync(string name, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(cancellationToken);
        if (open.Count(IsHis) >= RestingMax)
        {
            return await CancelAsync(cancellationToken);
        }

        var (bid, ask) = await TouchAsync(cancellationToken);
        var isBuy = _random.Next(2) == 0;
        var away = 0.05m + (0.001m * _random.Next(50));
        var price = isBuy ? bid * (1 - away) : ask * (1 + away);
        return await IsDoneAsync(Limit(isBuy ? "BUY" : "SELL", price, Quantity(), "GTC", name), cancellationToken);
    }

    private async Task<bool> QuoteAsync(CancellationToken cancellationToken)
    {
        var (bid, ask) = await TouchAsync(cancellationToken);
        var isBuy = _random.Next(2) == 0;
        return await IsDoneAsync(Limit(isBuy ? "BUY" : "SELL", isBuy ? bid : ask, Quantity(), "GTC", NewName()), cancellationToken);
    }

    private async Task<bool> AmendAsync(CancellationToken cancellationToken)
    {
        var orders = (await OpenAsync(cancellationToken)).Where(o => !IsHis(o)).ToList();
        if (orders.Count == 0)
        {
            return false;
        }

        // The newest ones are still in progress.
        var order = orders[^(1 + _random.Next(Math.Min(3, orders.Count)))];
        var quantity = decimal.Round(VenueRecords.Amount(order, "origQty") * (0.3m + (0.1m * _random.Next(7))), 5);
        var (status, _) = await hand.AmendAsync(DrillStage.Symbol, order.GetProperty("orderId").GetInt64(), quantity, cancellationToken);
        return status == 200;
    }

    /// <summary>Trades with every better order than the agent's, and then with the agent's.</summary>
    private async Task<bool> MeetAsync(string mode, CancellationToken cancellationToken)
    {
        var depth = await hand.AskAsync("/api/v3/depth", $"symbol={DrillStage.Symbol}&limit=500", cancellationToken);
        var nearest = (await OpenAsync(cancellationToken))
            .Where(o => !IsHis(o) && o.GetProperty("type").GetString() == "LIMIT")
            .Select(o => (Order: o, Volume: VolumeTo(depth, o))).OrderBy(o => o.Volume).FirstOrDefault();
        if (nearest.Order.ValueKind != JsonValueKind.Object || nearest.Volume > TakenMax)
        {
            return false;
        }

        // It is probably the last at its price: leave half of it.
        var left = VenueRecords.Amount(nearest.Order, "origQty") - VenueRecords.Amount(nearest.Order, "executedQty");
        var quantity = Math.Max(QuantityMin, decimal.Round(nearest.Volume - (mode == "DECREMENT" ? left / 2 : 0), 5));
        var side = nearest.Order.GetProperty("side").GetString() == "BUY" ? "SELL" : "BUY";
        var order = Limit(side, VenueRecords.Amount(nearest.Order, "price"), quantity, "IOC", NewName()) + $"&selfTradePreventionMode={mode}";
        var (status, answer) = await PlaceAsync(order, cancellationToken);
        return status == 200 && answer.TryGetProperty("preventedMatches", out _);
    }

    /// <summary>Binance allows a client id to be reused once its order has filled.</summary>
    private async Task<bool> ReuseAsync(CancellationToken cancellationToken)
    {
        var all = await hand.AskAsync("/api/v3/allOrders", $"symbol={DrillStage.Symbol}&limit=1000", cancellationToken);
        var names = all.EnumerateArray()
            .Where(o => !IsHis(o) && o.GetProperty("status").GetString() == "FILLED").Select(o => o.GetProperty("clientOrderId").GetString()!)
            .Where(name => name.StartsWith(AccountShares.AgentPrefix, StringComparison.Ordinal) && !Reused.Contains(name)).ToList();
        if (names.Count == 0)
        {
            return false;
        }

        // The last one as often as all others together: the agent may not know yet that it has filled.
        var name = _random.Next(2) == 0 ? names[^1] : names[_random.Next(names.Count)];
        Reused.Add(name);
        return _random.Next(2) == 0
            ? await RestAsync(name, cancellationToken)
            : await IsDoneAsync($"{Side()}&type=MARKET&quantity={Text(Quantity())}&newClientOrderId={name}", cancellationToken);
    }

    private async Task<bool> CancelAsync(CancellationToken cancellationToken)
    {
        var his = (await OpenAsync(cancellationToken)).Where(IsHis).ToList();
        if (his.Count < 2)
        {
            return false;
        }

        var id = his[0].GetProperty("orderId").GetInt64();
        Canceled.Add(id);
        var (status, _) = await hand.SendAsync(
            HttpMethod.Delete, "/api/v3/order", string.Create(CultureInfo.InvariantCulture, $"symbol={DrillStage.Symbol}&orderId={id}"), cancellationToken);
        return status == 200;
    }

    /// <summary>The quantity in the book up to and at an order's price, including the order.</summary>
    private static decimal VolumeTo(JsonElement depth, JsonElement order)
    {
        var isBuy = order.GetProperty("side").GetString() == "BUY";
        var price = VenueRecords.Amount(order, "price");
        return depth.GetProperty(isBuy ? "bids" : "asks").EnumerateArray()
            .Select(level => (Price: Number(level[0]), Quantity: Number(level[1])))
            .Where(level => isBuy ? level.Price >= price : level.Price <= price).Sum(level => level.Quantity);
    }

    private async Task<List<JsonElement>> OpenAsync(CancellationToken cancellationToken) =>
        [.. (await hand.AskAsync("/api/v3/openOrders", $"symbol={DrillStage.Symbol}", cancellationToken)).EnumerateArray()];

    private async Task<(decimal Bid, decimal Ask)> TouchAsync(CancellationToken cancellationToken)
    {
        var top = await hand.AskAsync("/api/v3/ticker/bookTicker", $"symbol={DrillStage.Symbol}", cancellationToken);
        return (VenueRecords.Amount(top, "bidPrice"), VenueRecords.Amount(top, "askPrice"));
    }

    private async Task<bool> IsDoneAsync(string order, CancellationToken cancellationToken) => (await PlaceAsync(order, cancellationToken)).Status == 200;

    private Task<(int Status, JsonElement Body)> PlaceAsync(string order, CancellationToken cancellationToken) =>
        hand.SendAsync(HttpMethod.Post, "/api/v3/order", $"symbol={DrillStage.Symbol}&side={order}", cancellationToken);

    private static string Limit(string side, decimal price, decimal quantity, string timeInForce, string name) =>
        $"{side}&type=LIMIT&timeInForce={timeInForce}&price={Text(decimal.Round(price, 2))}&quantity={Text(quantity)}&newClientOrderId={name}";

    private string Side() => _random.Next(2) == 0 ? "BUY" : "SELL";

    private decimal Quantity() => QuantityMin + (0.00001m * _random.Next(100));

    private string NewName() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++_names}");

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
