using System.Collections.Immutable;
using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Api;

/// <summary>A key without its secret and its digest.</summary>
/// <param name="Id">Its id, the part of the key after <c>btck_</c>.</param>
/// <param name="Name">Name of its holder.</param>
/// <param name="Role">Its role.</param>
/// <param name="State">Whether it is accepted.</param>
/// <param name="Portfolios">Its portfolios; empty for all.</param>
/// <param name="Verbs">Its commands; empty for all of the role.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="CreatedBy">Who issued it.</param>
public sealed record KeyView(
    string Id,
    string Name,
    AccessRole Role,
    ApiKeyState State,
    ImmutableArray<string> Portfolios,
    ImmutableArray<string> Verbs,
    Timestamp CreatedAt,
    string CreatedBy)
{
    /// <summary>Its end.</summary>
    public required Timestamp ExpiresAt { get; init; }

    /// <summary>Last change of its secret; null for none.</summary>
    public Timestamp? RotatedAt { get; init; }

    /// <summary>End of the former secret; null for none.</summary>
    public Timestamp? FormerUntil { get; init; }

    /// <summary>Last use, to the minute; null for none.</summary>
    public Timestamp? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public Timestamp? RevokedAt { get; init; }

    internal static KeyView Of(ApiKey key, Timestamp now) => new(
        key.Id, key.Name, key.Role, key.StateAt(now), key.Scope.Portfolios, key.Scope.Verbs, key.CreatedAt, key.CreatedBy)
    {
        ExpiresAt = key.ExpiresAt,
        RotatedAt = key.RotatedAt,
        FormerUntil = key.FormerUntil,
        LastUsedAt = key.LastUsedAt,
        RevokedAt = key.RevokedAt,
    };
}
