namespace BtcAgent.Contracts.Social;

/// <summary>A term's part of a post's tone.</summary>
/// <param name="Term">The term.</param>
/// <param name="Value">Its valence after all rules, roughly −2…2.</param>
/// <param name="Rule">The rules that changed it, such as <c>negated</c>; empty without any.</param>
[GenerateSerializer, Immutable, Alias("JudgedTerm")]
public sealed record JudgedTerm([property: Id(0)] string Term, [property: Id(1)] double Value, [property: Id(2)] string Rule);
