namespace BtcAgent.Domain.Idempotency;

/// <summary>The outcome of the attempt to begin a command.</summary>
/// <param name="Kind">The permitted action.</param>
/// <param name="Record">The command's record.</param>
[GenerateSerializer, Immutable, Alias("CommandTurn")]
public sealed record CommandTurn([property: Id(0)] CommandTurnKind Kind, [property: Id(1)] CommandRecord Record);
