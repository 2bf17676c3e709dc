using System.Collections.Immutable;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Execution.Desk;

/// <summary>Result of an operator's command to accept the venue's balances.</summary>
/// <param name="Refusal">Why nothing was compared or booked; null when it was.</param>
/// <param name="Booked">Changes of the portfolio's balances.</param>
[GenerateSerializer, Immutable, Alias("AcceptedBalances")]
public sealed record AcceptedBalances(
    [property: Id(0)] string? Refusal,
    [property: Id(1)] ImmutableArray<BalanceTransfer> Booked)
{
    public static AcceptedBalances Refused(string reason) => new(reason, []);
}
