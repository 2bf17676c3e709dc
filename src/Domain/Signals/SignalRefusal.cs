namespace BtcAgent.Domain.Signals;

/// <summary>Why a score did not become a signal. Codes are listed in <c>docs/architecture.md</c>.</summary>
[GenerateSerializer, Immutable, Alias("SignalRefusal")]
public readonly record struct SignalRefusal([property: Id(0)] string Code, [property: Id(1)] string Detail);
