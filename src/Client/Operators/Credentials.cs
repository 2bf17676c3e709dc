namespace BtcAgent.Client.Operators;

/// <summary>Finds the holder of a key, however it was sent.</summary>
internal sealed class Credentials(OperatorKey key, MetricsToken metrics, KeyDirectory keys)
{
    /// <returns>Null for a wrong, expired or revoked key.</returns>
    /// <exception cref="KeysUnavailableException">The issued keys cannot be read now.</exception>
    public async ValueTask<Caller?> JudgeAsync(string shown) =>
        key.Matches(shown) ? Caller.Operator
        : ApiKeyText.Parse(shown) is { } issued ? await keys.JudgeAsync(issued)
        : metrics.Matches(shown) ? Caller.Metrics
        : null;
}
