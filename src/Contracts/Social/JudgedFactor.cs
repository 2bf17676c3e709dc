namespace BtcAgent.Contracts.Social;

/// <summary>One factor of a post's weight.</summary>
/// <param name="Name">Stable name of the rule, such as <c>author.age</c>.</param>
/// <param name="Value">0…1; the weight is the product of all factors.</param>
/// <param name="Reason">Why; empty once the post's text is gone.</param>
[GenerateSerializer, Immutable, Alias("JudgedFactor")]
public sealed record JudgedFactor([property: Id(0)] string Name, [property: Id(1)] double Value, [property: Id(2)] string Reason);
