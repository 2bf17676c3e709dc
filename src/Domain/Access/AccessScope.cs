using System.Collections.Immutable;

namespace BtcAgent.Domain.Access;

/// <summary>The part of the agent that a key is for, besides its role.</summary>
[GenerateSerializer, Immutable, Alias("AccessScope")]
public sealed record AccessScope
{
    /// <summary>Every portfolio and every command of the role.</summary>
    public static AccessScope All { get; } = new();

    /// <summary>Ids of the portfolios; empty for every portfolio and the agent as a whole.</summary>
    [Id(0)] public ImmutableArray<string> Portfolios { get; init; } = [];

    /// <summary>Names of the commands; empty for every command of the role.</summary>
    [Id(1)] public ImmutableArray<string> Verbs { get; init; } = [];

    /// <summary>True when the key is for some portfolios only.</summary>
    public bool IsLimited => Portfolios.Length > 0;

    public bool Covers(string portfolio) => !IsLimited || Portfolios.Contains(portfolio);

    public bool Allows(string verb) => Verbs.Length == 0 || Verbs.Contains(verb);

    public bool Equals(AccessScope? other) =>
        other is not null && Portfolios.SequenceEqual(other.Portfolios) && Verbs.SequenceEqual(other.Verbs);

    public override int GetHashCode() => HashCode.Combine(Portfolios.Length, Verbs.Length);
}
