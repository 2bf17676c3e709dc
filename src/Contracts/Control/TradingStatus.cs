using System.Collections.Immutable;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Contracts.Control;

/// <summary>Whether the agent may trade.</summary>
/// <param name="IsArmed">Paper trading is always armed; live trading only after an operator armed it.</param>
/// <param name="Breakers">State of each portfolio's breaker; while a halt is pending, only of portfolios that answer.</param>
/// <param name="Pending">Unfinished steps of a halt, and why; null when none.</param>
[GenerateSerializer, Immutable, Alias("TradingStatus")]
public sealed record TradingStatus(
    [property: Id(0)] bool IsArmed,
    [property: Id(1)] ImmutableSortedDictionary<string, BreakerState> Breakers,
    [property: Id(2)] string? Pending = null)
{
    /// <summary>Codes of the tripped breakers on the agent's health, for each portfolio in <see cref="Breakers"/>.</summary>
    [Id(3)]
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Tripped { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
}
