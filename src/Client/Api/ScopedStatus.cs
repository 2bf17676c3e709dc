using System.Collections.Immutable;
using BtcAgent.Contracts.Control;
using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Api;

/// <summary>Limits a status to the portfolios of a key.</summary>
internal static class ScopedStatus
{
    public static TradingStatus Within(this TradingStatus status, AccessScope scope) => scope.IsLimited
        ? status with { Breakers = Within(status.Breakers, scope), Tripped = Within(status.Tripped, scope) }
        : status;

    private static ImmutableSortedDictionary<string, T> Within<T>(ImmutableSortedDictionary<string, T> byPortfolio, AccessScope scope) =>
        byPortfolio.RemoveRange(byPortfolio.Keys.Where(portfolio => !scope.Covers(portfolio)));
}
