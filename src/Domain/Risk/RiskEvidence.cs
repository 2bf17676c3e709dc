using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// The inputs of a decision besides its sample and its signal, with which a <see cref="RiskEngine"/> can reproduce it.
/// </summary>
[GenerateSerializer, Immutable, Alias("RiskEvidence")]
public sealed record RiskEvidence
{
    /// <summary>
    /// A decision without an order stores its evidence only up to this many positions plus open orders: each costs about
    /// 300 bytes, and most decisions have no order.
    /// </summary>
    public const int EntriesMax = 8;

    /// <summary>
    /// The engine's state before the decision, without <see cref="RiskState.Limits"/> and <see cref="RiskState.Changes"/>,
    /// which are part of <see cref="Limits"/>.
    /// </summary>
    [Id(0)] public required RiskState State { get; init; }

    /// <summary>The limits in force, not the configured ones.</summary>
    [Id(1)] public required RiskLimits Limits { get; init; }

    [Id(2)] public required SizingOptions Sizing { get; init; }

    [Id(3)] public required PortfolioSnapshot Portfolio { get; init; }

    [Id(4)] public required TradingRules Rules { get; init; }

    [Id(5)] public required ImmutableArray<Order> OpenOrders { get; init; }

    // Id 6 was the time of the last order, always null: records of before hold "lastOrderTime", which is not read.
    [Id(7)] public required bool Armed { get; init; }

    [Id(8)] public required bool Reconciling { get; init; }

    [Id(9)] public required MarketConditions Conditions { get; init; }

    /// <summary>Cost of strategies' orders; null when there was none, as in records of earlier versions.</summary>
    [Id(10)] public PlacementOptions? Placement { get; init; }

    /// <summary>Whether the input is small enough to store with every decision.</summary>
    public static bool IsSmall(RiskInput input) => input.Portfolio.Positions.Length + input.OpenOrders.Count <= EntriesMax;

    /// <summary>References the input's immutable parts; copies only the list of open orders.</summary>
    public static RiskEvidence Of(RiskState before, RiskLimits limits, SizingOptions sizing, RiskInput input) => new()
    {
        State = before with { Limits = RiskState.Initial.Limits, Changes = [] },
        Limits = limits,
        Sizing = sizing,
        Portfolio = input.Portfolio,
        Rules = input.Rules,
        OpenOrders = [.. input.OpenOrders],
        Armed = input.Armed,
        Reconciling = input.Reconciling,
        Conditions = input.Conditions,
    };

    /// <summary>Returns an engine in the state before the decision.</summary>
    public RiskEngine ToEngine() => new(Portfolio.Portfolio, Limits, Sizing, State with
    {
        // A dictionary deserialised from JSON has lost its comparer.
        SystemTrips = State.SystemTrips.WithComparers(StringComparer.Ordinal),
    }, Placement);

    /// <summary>Returns the input of the decision, with this signal and sample.</summary>
    public RiskInput ToInput(Signal signal, FeatureSample sample) =>
        new(signal, sample, Portfolio, Rules, OpenOrders, Armed) { Reconciling = Reconciling, Conditions = Conditions };
}
