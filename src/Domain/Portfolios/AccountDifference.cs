namespace BtcAgent.Domain.Portfolios;

/// <summary>A difference between the account's balance of an asset and the sum of portfolio and outside.</summary>
[GenerateSerializer, Immutable, Alias("AccountDifference")]
public sealed record AccountDifference(
    [property: Id(0)] AccountDifferenceKind Kind,
    [property: Id(1)] string Asset,
    [property: Id(2)] decimal AtVenue,
    [property: Id(3)] decimal Own,
    [property: Id(4)] decimal Outside)
{
    /// <summary>Account's balance less portfolio and outside.</summary>
    public decimal Amount => AtVenue - Own - Outside;

    /// <param name="asset">The compared asset.</param>
    /// <param name="atVenue">Free and locked balance together.</param>
    /// <param name="own">The portfolio's balance.</param>
    /// <param name="outside">Null when the whole account belongs to the portfolio.</param>
    /// <param name="dust">Amount below which a difference is dust, above zero.</param>
    /// <returns>Null when they agree.</returns>
    public static AccountDifference? Of(string asset, decimal atVenue, decimal own, OutsideHoldings? outside, decimal dust)
    {
        var rest = outside?.Of(asset) ?? 0;
        var amount = atVenue - own - rest;
        if (amount == 0)
        {
            return null;
        }

        var isPart = outside is not null && !outside.IsWhole(asset);
        var kind = isPart && atVenue >= own ? AccountDifferenceKind.OutsideChanged
            : Math.Abs(isPart ? atVenue - own : amount) < dust ? AccountDifferenceKind.Dust
            : AccountDifferenceKind.Unexplained;
        return new AccountDifference(kind, asset, atVenue, own, rest);
    }
}
