using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Balances of an account at a moment without a pending fill, for comparison with the books.</summary>
[GenerateSerializer, Immutable, Alias("AccountReading")]
public sealed record AccountReading
{
    /// <summary>
    /// <see cref="PortfolioSnapshot.Revision"/> of the books before the account was read; they must not have changed since.
    /// </summary>
    [Id(0)] public required long Revision { get; init; }

    /// <summary>Balances of the assets to compare, free and locked together; zero where the account has none.</summary>
    [Id(1)] public required ImmutableSortedDictionary<string, decimal> Balances { get; init; }

    /// <summary>Per compared asset, the amount below which a difference is dust.</summary>
    [Id(2)] public required ImmutableSortedDictionary<string, decimal> Dust { get; init; }

    [Id(3)] public required Timestamp ReadAt { get; init; }

    /// <summary>The operator's reason for accepting the venue's balances; null when no operator does.</summary>
    [Id(4)] public string? Accepted { get; init; }
}
