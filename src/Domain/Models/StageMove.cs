namespace BtcAgent.Domain.Models;

/// <summary>One change of a model's stage.</summary>
/// <param name="Time">Our clock.</param>
/// <param name="From">Stage before; equal to <paramref name="To"/> when the move was taken back.</param>
/// <param name="To">Stage after.</param>
/// <param name="Operator">Who moved it.</param>
/// <param name="Reason">Why, in the operator's words.</param>
[GenerateSerializer, Immutable, Alias("StageMove")]
public sealed record StageMove(
    [property: Id(0)] Timestamp Time,
    [property: Id(1)] ModelStage From,
    [property: Id(2)] ModelStage To,
    [property: Id(3)] string Operator,
    [property: Id(4)] string Reason);
