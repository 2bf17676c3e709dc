using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Divides an account between a portfolio and what remains outside.</summary>
public static class Allocation
{
    /// <param name="account">Balance by asset, free and locked together.</param>
    /// <param name="allocated">Part by asset. By default all of the quote asset is allocated, and nothing of the
    /// others.</param>
    /// <param name="quoteAsset">Accounting asset of the portfolio.</param>
    /// <param name="traded">Base assets of its instruments, whose outside part is tracked from the start.</param>
    /// <param name="problem">Why the account cannot be divided this way; null when it can.</param>
    /// <returns>The portfolio's opening balances and the rest; null if there is a problem.</returns>
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
