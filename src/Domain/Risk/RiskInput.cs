using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>Everything one risk decision is made from.</summary>
/// <param name="Signal">What the strategy wants.</param>
/// <param name="Sample">The market it was made on; its event time is the decision's.</param>
/// <param name="Portfolio">Marked at or before the sample.</param>
/// <param name="Rules">The venue's rules of the instrument.</param>
/// <param name="OpenOrders">All open orders of the portfolio, of any instrument.</param>
/// <param name="LastOrderTime">Event time of the portfolio's last order; null to take the engine's own memory.</param>
/// <param name="Armed">False while an operator has yet to allow orders.</param>
[GenerateSerializer, Immutable, Alias("RiskInput")]
public sealed record RiskInput(
    [property: Id(0)] Signal Signal,
    [property: Id(1)] FeatureSample Sample,
    [property: Id(2)] PortfolioSnapshot Portfolio,
    [property: Id(3)] TradingRules Rules,
    [property: Id(4)] IReadOnlyList<Order> OpenOrders,
    [property: Id(5)] Timestamp? LastOrderTime,
    [property: Id(6)] bool Armed)
{
    /// <summary>True while the orders at the venue are not known for sure.</summary>
    [Id(7)] public required bool Reconciling { get; init; }

    [Id(8)] public required MarketConditions Conditions { get; init; }
}
