namespace BtcAgent.Domain.Models;

/// <summary>A person's decision to let a model trade real money although its verdict does not say that it survives.</summary>
/// <param name="Person">Name of the person who answers for it.</param>
/// <param name="Reason">The person's reason.</param>
[GenerateSerializer, Immutable, Alias("VerdictOverride")]
public sealed record VerdictOverride([property: Id(0)] string Person, [property: Id(1)] string Reason);
