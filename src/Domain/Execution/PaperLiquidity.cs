using BtcAgent.Domain.Books;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Execution;

/// <summary>
/// The remaining liquidity of the recorded book: a level that paper orders have taken from stays reduced until the venue
/// next reports its quantity.
/// </summary>
internal sealed class PaperLiquidity(OrderBook book, TradingRules rules, decimal participation)
{
    private readonly Dictionary<(Side Side, Price Price), Quantity> _consumed = [];

    /// <summary>Price of the best level with remaining quantity, at or inside the limit; null if none.</summary>
    public (Price Price, Quantity Available)? Best(Side taker, Price? limit, ref int depth)
    {
        var side = taker == Side.Buy ? Side.Sell : Side.Buy;
        for (; depth < book.Count(side); depth++)
        {
            var level = book.LevelAt(side, depth);
            if (limit is { } worst && (taker == Side.Buy ? level.Price > worst : level.Price < worst))
            {
                return null;
            }

            var available = Available(side, level);
            if (!available.IsZero)
            {
                return (level.Price, available);
            }
        }

        return null;
    }

    public bool Offers(Side taker, Price? limit, Quantity quantity)
    {
        var missing = quantity;
        for (var depth = 0; Best(taker, limit, ref depth) is { } level; depth++)
        {
            if (level.Available >= missing)
            {
                return true;
            }

            missing -= level.Available;
        }

        return false;
    }

    public void Consume(Side taker, Price price, Quantity quantity)
    {
        var key = (taker == Side.Buy ? Side.Sell : Side.Buy, price);
        _consumed[key] = _consumed.GetValueOrDefault(key) + quantity;
    }

    public void Changed(Side side, Price price)
    {
        if (_consumed.Count > 0)
        {
            _consumed.Remove((side, price));
        }
    }

    public void Forget() => _consumed.Clear();

    private Quantity Available(Side side, PriceLevel level)
    {
        var open = participation == 1 ? level.Quantity : Quantity.RoundDown(level.Quantity.ToDecimal() * participation);
        open = rules.RoundDownToLot(open);
        if (_consumed.Count == 0)
        {
            return open;
        }

        var consumed = _consumed.GetValueOrDefault((side, level.Price));
        return open > consumed ? open - consumed : Quantity.Zero;
    }
}
