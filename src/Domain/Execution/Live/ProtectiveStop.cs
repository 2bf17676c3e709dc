using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// The dead man's switch of a venue that cancels nothing when we vanish: a stop order rests there and sells the position if the price
/// falls, whether this agent lives or not. It follows the position, and makes way for every other sale.
/// </summary>
/// <param name="portfolio">Whose position it protects.</param>
/// <param name="rules">Of the instrument.</param>
/// <param name="distanceBps">Below the mark, in basis points, above 0 and below 10,000.</param>
public sealed class ProtectiveStop(string portfolio, TradingRules rules, decimal distanceBps)
{
    /// <summary>How the client id of every protective stop begins.</summary>
    public const string Ids = $"{DecisionId.OwnOrders}stop-";

    private const string Strategy = "protective-stop";
    private const int BpsPerWhole = 10_000;

    private readonly decimal _share = 1 - (distanceBps / BpsPerWhole);

    public static bool Is(Order order) => order.Intent.ClientOrderId.StartsWith(Ids, StringComparison.Ordinal);

    /// <summary>The next step, to be asked for again after each that was carried out.</summary>
    /// <param name="position">In the books now; null for none.</param>
    /// <param name="openOrders">All, the stop included unless it was asked to make way.</param>
    public ProtectiveStep Next(PositionSnapshot? position, IReadOnlyList<Order> openOrders)
    {
        if (openOrders.Any(order => order.Intent.Side == Side.Sell && !Is(order)))
        {
            return ProtectiveStep.Nothing; // It may take part of the position, and the stop would lock what it sells.
        }

        var held = Held(position);
        if (openOrders.FirstOrDefault(Is) is { } resting)
        {
            return resting.RemainingQuantity == held ? ProtectiveStep.Nothing : ProtectiveStep.MakeWay;
        }

        return position?.MarkPrice is not { } mark || held.IsZero || held < rules.MinQuantity || held.ToDecimal() * mark * _share < rules.MinNotional
            ? ProtectiveStep.Nothing
            : new ProtectiveStep(ProtectiveAction.Place, held, StopAt(mark), mark);
    }

    /// <summary>The order of a step that places one.</summary>
    public OrderIntent IntentOf(ProtectiveStep step, Timestamp now)
    {
        var decision = DecisionId.From(portfolio, Strategy, rules.Instrument, now);
        return new OrderIntent
        {
            ClientOrderId = Ids + decision.Text,
            Decision = decision,
            Strategy = Strategy,
            Portfolio = portfolio,
            Instrument = rules.Instrument,
            Side = Side.Sell,
            Type = OrderType.StopLoss,
            TimeInForce = TimeInForce.GoodTillCanceled,
            Quantity = step.Quantity,
            StopPrice = step.StopPrice,
            EventTime = now,
            ReferencePrice = step.Mark,
            ReducesRisk = true,
        };
    }

    /// <summary>What can be sold of the position; a short one is not protected.</summary>
    private Quantity Held(PositionSnapshot? position) =>
        Quantity.RoundDown(Math.Max(0, position?.Quantity ?? 0)).RoundDownToLot(rules.LotSize);

    private Price StopAt(decimal mark) => Price.FromUnits((long)(mark * _share * Price.UnitsPerWhole)).RoundDownToTick(rules.TickSize);
}
