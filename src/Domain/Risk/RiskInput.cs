using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>The input of one risk decision.</summary>
/// <param name="Signal">The strategy's signal.</param>
/// <param name="Sample">The market at the signal; its event time is the decision's.</param>
/// <param name="Portfolio">Marked at or before the sample.</param>
/// <param name="Rules">The venue's rules of the instrument.</param>
/// <param name="OpenOrders">All open orders of the portfolio, of any instrument.</param>
/// <param name="Armed">False until an operator allows orders.</param>
[GenerateSerializer, Immutable, Alias("RiskInput")]
public sealed record RiskInput(
    [property: Id(0)] Signal Signal,
    [property: Id(1)] FeatureSample Sample,
    [property: Id(2)] PortfolioSnapshot Portfolio,
    [property: Id(3)] TradingRules Rules,
    [property: Id(4)] IReadOnlyList<Order> OpenOrders,
    [property: Id(6)] bool Armed)
{
    /// <summary>True while the state of orders at the venue is uncertain.</summary>
    [Id(7)] public required bool Reconciling { get; init; }

    [Id(8)] public required MarketConditions Conditions { get; init; }
}
