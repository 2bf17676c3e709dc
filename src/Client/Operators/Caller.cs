using BtcAgent.Client.Oidc;
using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Operators;

/// <summary>An authenticated caller.</summary>
/// <param name="Name">Name by which its commands are recorded.</param>
/// <param name="Role">Null for the holder of the metrics token.</param>
/// <param name="Scope">Its portfolios and commands.</param>
/// <param name="KeyId">Id of its key; null for the operator key, the metrics token, and tokens of a provider.</param>
/// <param name="Until">End of its key or token; null for none.</param>
internal sealed record Caller(string Name, AccessRole? Role, AccessScope Scope, string? KeyId = null, Timestamp? Until = null)
{
    /// <summary>Name that no other key may have.</summary>
    public const string OperatorName = "operator";

    public const string MetricsName = "metrics";

    /// <summary>The holder of the data folder's key.</summary>
    public static Caller Operator { get; } = new(OperatorName, AccessRole.Admin, AccessScope.All);

    public static Caller Metrics { get; } = new(MetricsName, null, AccessScope.All);

    public static Caller Of(TokenHolder holder) => new(holder.Name, holder.Role, holder.Scope, null, holder.Until);

    /// <summary>The caller's credential, for a message.</summary>
    public string Credential => KeyId is { } id ? $"Key {id}" : $"The token of {Name}";

    public static Caller Of(ApiKey key) => new(key.Name, key.Role, key.Scope, key.Id, key.ExpiresAt);
}
