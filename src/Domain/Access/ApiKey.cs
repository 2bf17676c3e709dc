namespace BtcAgent.Domain.Access;

/// <summary>A key as it is stored: everything except the secret, which only its holder has.</summary>
[GenerateSerializer, Immutable, Alias("ApiKey")]
public sealed record ApiKey
{
    /// <summary>Identifies the key in lists, in the audit and in the key itself.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Name of the holder, by which its commands are recorded.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>SHA-256 of the secret in hexadecimal.</summary>
    [Id(2)] public required string Digest { get; init; }

    [Id(3)] public required AccessRole Role { get; init; }

    [Id(4)] public AccessScope Scope { get; init; } = AccessScope.All;

    [Id(5)] public required Timestamp CreatedAt { get; init; }

    [Id(6)] public required string CreatedBy { get; init; }

    /// <summary>The key is refused from then on.</summary>
    [Id(7)] public required Timestamp ExpiresAt { get; init; }

    [Id(8)] public Timestamp? RotatedAt { get; init; }

    /// <summary>The secret before the last rotation; null when there was none.</summary>
    [Id(9)] public string? FormerDigest { get; init; }

    /// <summary>The former secret is refused from then on.</summary>
    [Id(10)] public Timestamp? FormerUntil { get; init; }

    /// <summary>Last use, to the minute.</summary>
    [Id(11)] public Timestamp? LastUsedAt { get; init; }

    [Id(12)] public Timestamp? RevokedAt { get; init; }

    public ApiKeyState StateAt(Timestamp now) =>
        RevokedAt is not null ? ApiKeyState.Revoked : now >= ExpiresAt ? ApiKeyState.Expired : ApiKeyState.Active;
}
