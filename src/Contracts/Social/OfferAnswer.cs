namespace BtcAgent.Contracts.Social;

/// <summary>Result of an offer of posts.</summary>
/// <param name="Taken">Posts that were new and wait to be scored.</param>
/// <param name="Repeated">Posts that were offered before, or twice in this offer.</param>
/// <param name="Refusal">Why none was taken; null when the new ones were.</param>
[GenerateSerializer, Immutable, Alias("OfferAnswer")]
public sealed record OfferAnswer([property: Id(0)] int Taken, [property: Id(1)] int Repeated, [property: Id(2)] string? Refusal);
