using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Amounts by asset. Makes the immutable copy for snapshots only on request: most bookings are never read.</summary>
internal sealed class Balances(IEnumerable<KeyValuePair<string, decimal>> amounts)
{
    private readonly Dictionary<string, decimal> _amounts = new(amounts, StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, decimal>? _copy;

    /// <summary>Sorted by asset; changes no more.</summary>
    public ImmutableSortedDictionary<string, decimal> Copy => _copy ??= _amounts.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Zero for an asset without a balance.</summary>
    public decimal Of(string asset) => _amounts.GetValueOrDefault(asset);

    /// <summary>Adds to a balance, which begins at zero; a negative amount takes from it.</summary>
    public void Add(string asset, decimal amount)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_amounts, asset, out _) += amount;
        _copy = null;
    }
}
