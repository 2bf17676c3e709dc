using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// What a decision was made from beside its sample and its signal, so that a <see cref="RiskEngine"/> can make it again.
/// </summary>
[GenerateSerializer, Immutable, Alias("RiskEvidence")]
public sealed record RiskEvidence
{
    /// <summary>
    /// Most positions and open orders together with which a decision without an order keeps evidence; one more is about
    /// 300 bytes in the log, and such decisions are most of them.
    /// </summary>
    public const int EntriesMax = 8;

    /// <summary>
    /// The engine's state before; without <see cref="RiskState.Limits"/> and <see cref="RiskState.Changes"/>, which are in
    /// <see cref="Limits"/>.
    /// </summary>
    [Id(0)] public required RiskState State { get; init; }

    /// <summary>Those in force, not those configured.</summary>
    [Id(1)] public required RiskLimits Limits { get; init; }

    [Id(2)] public required SizingOptions Sizing { get; init; }

    [Id(3)] public required PortfolioSnapshot Portfolio { get; init; }

    [Id(4)] public required TradingRules Rules { get; init; }

    [Id(5)] public required ImmutableArray<Order> OpenOrders { get; init; }

    /// <summary>As given to the engine; null when its own memory counted.</summary>
    [Id(6)] public required Timestamp? LastOrderTime { get; init; }

    [Id(7)] public required bool Armed { get; init; }

    [Id(8)] public required bool Reconciling { get; init; }

    [Id(9)] public required MarketConditions Conditions { get; init; }

    /// <summary>True when the input is small enough to be kept with every decision.</summary>
    public static bool IsSmall(RiskInput input) => input.Portfolio.Positions.Length + input.OpenOrders.Count <= EntriesMax;

    /// <summary>Holds on to the input's immutable parts; nothing is copied but the list of open orders.</summary>
    public static RiskEvidence Of(RiskState before, RiskLimits limits, SizingOptions sizing, RiskInput input) => new()
    {
        State = before with { Limits = RiskState.Initial.Limits, Changes = [] },
        Limits = limits,
        Sizing = sizing,
        Portfolio = input.Portfolio,
        Rules = input.Rules,
        OpenOrders = [.. input.OpenOrders],
        LastOrderTime = input.LastOrderTime,
        Armed = input.Armed,
        Reconciling = input.Reconciling,
        Conditions = input.Conditions,
    };

    /// <summary>An engine as it stood before the decision.</summary>
    public RiskEngine ToEngine() => new(Portfolio.Portfolio, Limits, Sizing, State with
    {
        // A dictionary that was read from JSON has forgotten how it sorts.
        SystemTrips = State.SystemTrips.WithComparers(StringComparer.Ordinal),
    });

    /// <summary>The input of the decision, with this signal and sample.</summary>
    public RiskInput ToInput(Signal signal, FeatureSample sample) =>
        new(signal, sample, Portfolio, Rules, OpenOrders, LastOrderTime, Armed) { Reconciling = Reconciling, Conditions = Conditions };
}
