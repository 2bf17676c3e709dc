namespace BtcAgent.Domain.Signals;

/// <summary>Why a score did not become a signal. <c>docs/architecture.md</c> lists the codes.</summary>
[GenerateSerializer, Immutable, Alias("SignalRefusal")]
public readonly record struct SignalRefusal([property: Id(0)] string Code, [property: Id(1)] string Detail);
