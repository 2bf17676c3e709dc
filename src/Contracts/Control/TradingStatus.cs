using System.Collections.Immutable;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Contracts.Control;

/// <summary>Whether the agent may trade.</summary>
/// <param name="IsArmed">Paper trading is always armed; live trading only after an operator armed it.</param>
/// <param name="Breakers">State of each portfolio's breaker.</param>
[GenerateSerializer, Immutable, Alias("TradingStatus")]
public sealed record TradingStatus(
    [property: Id(0)] bool IsArmed,
    [property: Id(1)] ImmutableSortedDictionary<string, BreakerState> Breakers);
