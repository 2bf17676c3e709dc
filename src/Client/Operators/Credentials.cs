using BtcAgent.Client.Oidc;

namespace BtcAgent.Client.Operators;

/// <summary>Finds the holder of a key or token, however it was sent.</summary>
internal sealed class Credentials(OperatorKey key, MetricsToken metrics, KeyDirectory keys, AccessTokens tokens)
{
    /// <returns>The holder of a key or token; for a wrong one null, and the reason if it is a token.</returns>
    /// <exception cref="KeysUnavailableException">The issued keys, or those of the token provider, cannot be read now.</exception>
    public async ValueTask<(Caller? Caller, string? Refusal)> JudgeAsync(string shown)
    {
        if (!tokens.AreMeantBy(shown))
        {
            return (await JudgeKeyAsync(shown), null);
        }

        try
        {
            var (holder, refusal) = await tokens.JudgeAsync(shown);
            return (holder is null ? null : Caller.Of(holder), refusal);
        }
        catch (ProviderUnavailableException e)
        {
            throw new KeysUnavailableException(e.Message, e);
        }
    }

    /// <returns>Null for a wrong, expired or revoked key, and for a token.</returns>
    /// <exception cref="KeysUnavailableException">The issued keys cannot be read now.</exception>
    public async ValueTask<Caller?> JudgeKeyAsync(string shown) =>
        key.Matches(shown) ? Caller.Operator
        : ApiKeyText.Parse(shown) is { } issued ? await keys.JudgeAsync(issued)
        : metrics.Matches(shown) ? Caller.Metrics
        : null;
}
