namespace BtcAgent.Client.Oidc;

/// <summary>The token provider's keys cannot be read now, so that no token can be judged.</summary>
internal sealed class ProviderUnavailableException(string authority)
    : Exception($"The keys of the token provider {authority} cannot be read now: try again in a moment, or use a key of this agent.");
