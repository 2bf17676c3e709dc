using System.Globalization;
using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Protocol;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Reads orders from parameters, with Binance's error codes and texts.</summary>
internal static class RequestReader
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "MARKET", "LIMIT", "LIMIT_MAKER", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT",
    };

    /// <param name="parameters">As sent.</param>
    /// <param name="prefix">Prefix of a list's leg, such as <c>above</c>; empty for a single order.</param>
    /// <param name="newId">Generates a client id when none is given.</param>
    /// <exception cref="VenueException">A parameter is missing or invalid.</exception>
    public static OrderRequest Read(ApiParameters parameters, string prefix, Func<string> newId)
    {
        var type = parameters.Required(Name(prefix, "type"));
        if (!Types.Contains(type))
        {
            throw new VenueException(new(400, -1116, "Invalid orderType."));
        }

        var side = parameters.Find(Name(prefix, "side")) ?? parameters.Required("side");
        var price = Amount(parameters, Name(prefix, "price"));
        var stop = Amount(parameters, Name(prefix, "stopPrice"));
        var trailing = parameters.Find(Name(prefix, "trailingDelta"));
        if (type is "LIMIT" or "LIMIT_MAKER" or "STOP_LOSS_LIMIT" or "TAKE_PROFIT_LIMIT" && price is null)
        {
            throw new VenueException(VenueError.Missing(Name(prefix, "price")));
        }

        if (type is "STOP_LOSS" or "STOP_LOSS_LIMIT" or "TAKE_PROFIT" or "TAKE_PROFIT_LIMIT" && stop is null && trailing is null)
        {
            throw new VenueException(VenueError.Missing(Name(prefix, "stopPrice")));
        }

        var hasTime = type is "LIMIT" or "STOP_LOSS_LIMIT" or "TAKE_PROFIT_LIMIT";
        var time = hasTime ? parameters.Required(Name(prefix, "timeInForce")) : "GTC";
        if (time is not ("GTC" or "IOC" or "FOK"))
        {
            throw new VenueException(new(400, -1115, "Invalid timeInForce."));
        }

        return new OrderRequest
        {
            Symbol = parameters.Required("symbol"),
            Side = side switch
            {
                "BUY" => Side.Buy,
                "SELL" => Side.Sell,
                _ => throw new VenueException(new(400, -1117, "Invalid side.")),
            },
            Type = type,
            TimeInForce = time,
            Quantity = Quantity.FromDecimal(
                Amount(parameters, Name(prefix, "quantity")) ?? Amount(parameters, "quantity") ?? throw new VenueException(VenueError.Missing(Name(prefix, "quantity")))),
            Price = price is { } p ? Price.FromDecimal(p) : null,
            StopPrice = stop is { } s ? Price.FromDecimal(s) : null,
            TrailingDelta = trailing is null ? null : Whole(trailing, "trailingDelta"),
            IcebergQuantity = Amount(parameters, Name(prefix, "icebergQty")) is { } visible ? Quantity.FromDecimal(visible) : null,
            ClientOrderId = Id(parameters.Find(prefix.Length == 0 ? "newClientOrderId" : Name(prefix, "clientOrderId")), newId),
            SelfTradePrevention = parameters.Find("selfTradePreventionMode") ?? "EXPIRE_MAKER",
        };
    }

    private static string Name(string prefix, string name) =>
        prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];

    public static string Id(string? given, Func<string> newId)
    {
        if (given is null)
        {
            return newId();
        }

        return given.Length is >= 1 and <= 36 && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '/' or '_' or '-')
            ? given
            : throw new VenueException(new(400, -1100, "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[\\.A-Z\\:/a-z0-9_-]{1,36}$'."));
    }

    private static int Whole(string text, string name) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new VenueException(VenueError.Illegal(name));

    public static decimal? Amount(ApiParameters parameters, string name)
    {
        if (parameters.Find(name) is not { } text)
        {
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > 90_000_000_000m)
        {
            throw new VenueException(VenueError.Illegal(name));
        }

        return decimal.Round(amount, 8) == amount
            ? amount
            : throw new VenueException(new(400, -1111, $"Parameter '{name}' has too much precision."));
    }
}
