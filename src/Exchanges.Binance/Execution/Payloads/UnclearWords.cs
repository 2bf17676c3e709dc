using BtcAgent.Domain.Orders;

namespace BtcAgent.Exchanges.Binance.Execution.Payloads;

/// <summary>
/// Reads the venue's words in one order. Notes an unknown word and continues: the venue adds words, and a partly understood
/// order is better than an unseen one.
/// </summary>
internal sealed class UnclearWords
{
    private readonly List<string> _noted = [];

    /// <summary>The unknown words; null if none.</summary>
    public string? Words => _noted.Count == 0 ? null : string.Join(", ", _noted);

    /// <summary>Treats an unknown type as limit when the order has a price, as market otherwise.</summary>
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
