using BtcAgent.Domain.Orders;

namespace BtcAgent.Exchanges.Binance.Trading.Payloads;

/// <summary>
/// Reads the words of one order. One that is not known is noted, and the reading goes on: the venue adds words, and an order
/// that is half understood is better than one that is not seen.
/// </summary>
internal sealed class UnclearWords
{
    private readonly List<string> _noted = [];

    /// <summary>What was not understood; null when all was.</summary>
    public string? Words => _noted.Count == 0 ? null : string.Join(", ", _noted);

    /// <summary>An unknown type with a price rests like a limit order, one without takes like a market order.</summary>
    public OrderType Type(string word, Price? price) =>
        OrderWords.TypeOrNull(word) ?? Noted($"order type '{word}'", price is null ? OrderType.Market : OrderType.Limit);

    public TimeInForce Time(string word) => OrderWords.TimeOrNull(word) ?? Noted($"time in force '{word}'", TimeInForce.GoodTillCanceled);

    public OrderStatus Status(string word) => OrderWords.StatusOrNull(word) ?? Noted($"order status '{word}'", OrderStatus.Unclear);

    public void Note(string what) => _noted.Add(what);

    private T Noted<T>(string what, T instead)
    {
        Note(what);
        return instead;
    }
}
