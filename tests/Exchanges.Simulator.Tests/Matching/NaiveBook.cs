using BtcAgent.Domain;
using BtcAgent.Exchanges.Simulator.Matching;

namespace BtcAgent.Exchanges.Simulator.Tests.Matching;

/// <summary>Price-time priority by searching one list of orders in order of arrival.</summary>
internal sealed class NaiveBook
{
    public List<Order> Orders { get; } = [];

    public List<(long Maker, long Price, long Quantity)> Trades { get; } = [];

    /// <summary>Keeps a remainder under the id.</summary>
    public (bool IsAccepted, long Filled) Limit(long id, Side side, long price, long quantity, LimitType type)
    {
        var matching = Orders.Where(o => Matches(o, side, price)).Sum(o => o.Left);
        if ((type == LimitType.MakerOnly && matching > 0) || (type == LimitType.FillOrKill && matching < quantity))
        {
            return (false, 0);
        }

        var left = Take(side, price, quantity);
        if (left > 0 && type is (LimitType.GoodTillCanceled or LimitType.MakerOnly))
        {
            Orders.Add(new Order(id, side, price) { Left = left });
        }

        return (true, quantity - left);
    }

    /// <returns>The untraded quantity.</returns>
    public long Take(Side side, long? limit, long quantity)
    {
        while (quantity > 0 && Orders.Where(o => Matches(o, side, limit))
            .OrderBy(o => side == Side.Buy ? o.Price : -o.Price).FirstOrDefault() is { } maker)
        {
            var traded = Math.Min(quantity, maker.Left);
            maker.Left -= traded;
            quantity -= traded;
            Trades.Add((maker.Id, maker.Price, traded));
            Orders.RemoveAll(o => o.Left == 0);
        }

        return quantity;
    }

    private static bool Matches(Order maker, Side side, long? limit) =>
        maker.Side != side && (limit is null || (side == Side.Buy ? maker.Price <= limit : maker.Price >= limit));

    internal sealed record Order(long Id, Side Side, long Price)
    {
        public long Left { get; set; }
    }
}
