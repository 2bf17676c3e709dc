namespace BtcAgent.Domain.Models;

/// <summary>One change of a model's stage.</summary>
/// <param name="Time">Time of the move by our clock.</param>
/// <param name="From">Stage before; equal to <paramref name="To"/> when the move was reverted.</param>
/// <param name="To">Stage after.</param>
/// <param name="Operator">Name of the operator.</param>
/// <param name="Reason">The operator's reason.</param>
/// <param name="Override">Who let the model trade against its verdict, and why; null for nobody.</param>
[GenerateSerializer, Immutable, Alias("StageMove")]
public sealed record StageMove(
    [property: Id(0)] Timestamp Time,
    [property: Id(1)] ModelStage From,
    [property: Id(2)] ModelStage To,
    [property: Id(3)] string Operator,
    [property: Id(4)] string Reason,
    [property: Id(5)] VerdictOverride? Override = null);
