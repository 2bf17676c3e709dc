using System.Globalization;

namespace BtcAgent.Chaos.Tests;

/// <summary>Generates orders from a seed: at market, at the touch, resting, stops; some to be cancelled.</summary>
internal sealed class OrderDriver(int seed)
{
    private readonly Random _random = new(seed ^ 0x5eed);

    /// <returns>The body to post, and whether the order is to be cancelled afterwards.</returns>
    public (Dictionary<string, object> Body, bool Cancel) Next(int number, decimal mid)
    {
        var side = _random.Next(2) == 0 ? "buy" : "sell";
        var quantity = 0.001m + (_random.Next(1, 100) * 0.00001m);
        var kind = _random.NextDouble();
        var body = new Dictionary<string, object>
        {
            ["requestId"] = $"drill-{seed}-{number}",
            ["portfolio"] = "main",
            ["instrument"] = "BINANCE:BTCUSDT",
            ["side"] = side,
            ["quantity"] = Text(quantity),
        };
        var away = (side == "buy" ? -1 : 1) * mid;
        switch (kind)
        {
            case < 0.4:
                body["type"] = "market";
                return (body, false);
            case < 0.7:
                body["type"] = "limit";
                body["limitPrice"] = Text(decimal.Round(mid + (away * 0.00002m * _random.Next(-4, 4)), 2));
                return (body, _random.Next(3) > 0);
            case < 0.9:
                body["type"] = "limit";
                body["limitPrice"] = Text(decimal.Round(mid + (away * (0.001m + (0.0001m * _random.Next(50)))), 2));
                return (body, true);
            default:
                body["type"] = "stopLoss";
                body["stopPrice"] = Text(decimal.Round(mid - (away * 0.0002m), 2));
                return (body, true);
        }
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
