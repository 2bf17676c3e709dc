namespace BtcAgent.Client.Oidc;

/// <summary>The judgement on a token.</summary>
/// <param name="Holder">Null when it is refused.</param>
/// <param name="Refusal">Why it is refused, for its sender; null when it is accepted.</param>
internal readonly record struct TokenVerdict(TokenHolder? Holder, string? Refusal)
{
    public static TokenVerdict Refuse(string why) => new(null, $"The token was refused: {why}.");
}
