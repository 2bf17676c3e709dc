using System.Collections.Immutable;

namespace BtcAgent.Domain.Portfolios;

/// <summary>Result of comparing an account with the books: the differences, and those that were booked.</summary>
[GenerateSerializer, Immutable, Alias("AccountSettlement")]
public sealed record AccountSettlement
{
    /// <summary>False when the books changed while the account was read, so that nothing was compared.</summary>
    [Id(0)] public required bool IsCompared { get; init; }

    /// <summary>Changes of the portfolio's balances that were booked: dust, and what an operator accepted.</summary>
    [Id(1)] public required ImmutableArray<BalanceTransfer> Booked { get; init; }

    /// <summary>Changes of the outside holdings that were recorded.</summary>
    [Id(2)] public required ImmutableArray<AccountDifference> OutsideChanges { get; init; }

    /// <summary>Unexplained differences, which remain open.</summary>
    [Id(3)] public required ImmutableArray<AccountDifference> Unexplained { get; init; }

    public static AccountSettlement NotCompared { get; } = new() { IsCompared = false, Booked = [], OutsideChanges = [], Unexplained = [] };
}
