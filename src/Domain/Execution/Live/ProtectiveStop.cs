using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// A dead man's switch for a venue that keeps orders when we disconnect: a stop order rests there and sells the position if
/// the price falls, whether or not this agent runs. It follows the position, and is cancelled for any other sell order.
/// </summary>
/// <param name="portfolio">Portfolio of the position.</param>
/// <param name="rules">Rules of the instrument.</param>
/// <param name="distanceBps">Distance below the mark, in basis points, above 0 and below 10,000.</param>
public sealed class ProtectiveStop(string portfolio, TradingRules rules, decimal distanceBps)
{
    /// <summary>Prefix of the client id of every protective stop.</summary>
    public const string Ids = $"{DecisionId.OwnOrders}stop-";

    private const string Strategy = "protective-stop";
    private const int BpsPerWhole = 10_000;

    private readonly decimal _share = 1 - (distanceBps / BpsPerWhole);

    public static bool Is(Order order) => order.Intent.ClientOrderId.StartsWith(Ids, StringComparison.Ordinal);

    /// <summary>Returns the next step; call again after each step.</summary>
    /// <param name="position">Current position in the books; null if none.</param>
    /// <param name="openOrders">All open orders, including the stop unless its cancel was requested.</param>
    public ProtectiveStep Next(PositionSnapshot? position, IReadOnlyList<Order> openOrders)
    {
        if (openOrders.Any(order => order.Intent.Side == Side.Sell && !Is(order)))
        {
            return ProtectiveStep.Nothing; // It may sell part of the position, which the stop would lock.
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

    /// <summary>Creates the order of a step that places one.</summary>
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

    /// <summary>Quantity of the position that can be sold; a short position is not protected.</summary>
    private Quantity Held(PositionSnapshot? position) =>
        Quantity.RoundDown(Math.Max(0, position?.Quantity ?? 0)).RoundDownToLot(rules.LotSize);

    private Price StopAt(decimal mark) => Price.FromUnits((long)(mark * _share * Price.UnitsPerWhole)).RoundDownToTick(rules.TickSize);
}
