namespace BtcAgent.Domain.Access;

/// <summary>A key to issue.</summary>
/// <param name="Id">Its id, chosen at random by the gateway.</param>
/// <param name="Name">Name of its holder.</param>
/// <param name="Digest">SHA-256 of its secret in hexadecimal.</param>
/// <param name="Role">Its role.</param>
/// <param name="Scope">Its portfolios and commands.</param>
/// <param name="ExpiresAt">Its end.</param>
[GenerateSerializer, Immutable, Alias("NewApiKey")]
public sealed record NewApiKey(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Digest,
    [property: Id(3)] AccessRole Role,
    [property: Id(4)] AccessScope Scope,
    [property: Id(5)] Timestamp ExpiresAt);
