using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Divides an account between a portfolio and what stays outside of it.</summary>
public static class Allocation
{
    /// <param name="account">Free and locked together, by asset.</param>
    /// <param name="allocated">Part per asset; without one for the quote asset, all of that is allocated, and nothing of others.</param>
    /// <param name="quoteAsset">Asset that the portfolio counts in.</param>
    /// <param name="traded">Base assets of its instruments, whose outside part is kept from the start.</param>
    /// <param name="problem">Why the account cannot be divided so; null when it can.</param>
    /// <returns>The portfolio's opening balances and the rest; null with a problem.</returns>
    public static (ImmutableSortedDictionary<string, decimal> Own, OutsideHoldings Outside)? Divide(
        IReadOnlyDictionary<string, decimal> account,
        IReadOnlyDictionary<string, AllocatedPart> allocated,
        string quoteAsset,
        IEnumerable<string> traded,
        out string? problem)
    {
        var own = ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        var outside = ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        var whole = ImmutableArray.CreateBuilder<string>();
        foreach (var asset in traded.Append(quoteAsset).Concat(allocated.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var part = allocated.TryGetValue(asset, out var given) ? given : asset == quoteAsset ? AllocatedPart.All : default;
            var balance = account.GetValueOrDefault(asset);
            var amount = part.Of(balance);
            if (amount > balance)
            {
                problem = string.Create(CultureInfo.InvariantCulture,
                    $"ALLOCATION: {amount} {asset} are allocated to the portfolio, the account holds {balance}; lower the allocation or pay in");
                return null;
            }

            if (part.IsWhole)
            {
                whole.Add(asset);
            }

            own.Add(asset, amount);
            outside.Add(asset, balance - amount);
        }

        problem = null;
        return (own.ToImmutable(), new OutsideHoldings { Balances = outside.ToImmutable(), WholeAssets = whole.ToImmutable() });
    }
}
