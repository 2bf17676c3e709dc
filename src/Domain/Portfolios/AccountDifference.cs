namespace BtcAgent.Domain.Portfolios;

/// <summary>An asset of which the account holds something else than portfolio and outside together.</summary>
[GenerateSerializer, Immutable, Alias("AccountDifference")]
public sealed record AccountDifference(
    [property: Id(0)] AccountDifferenceKind Kind,
    [property: Id(1)] string Asset,
    [property: Id(2)] decimal AtVenue,
    [property: Id(3)] decimal Own,
    [property: Id(4)] decimal Outside)
{
    /// <summary>More at the venue than in portfolio and outside.</summary>
    public decimal Amount => AtVenue - Own - Outside;

    /// <param name="asset">Compared.</param>
    /// <param name="atVenue">Free and locked together.</param>
    /// <param name="own">The portfolio's.</param>
    /// <param name="outside">Null when the whole account is the portfolio's.</param>
    /// <param name="dust">Amount from which on a difference is no dust, above zero.</param>
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
