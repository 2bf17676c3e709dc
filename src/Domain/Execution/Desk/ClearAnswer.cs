namespace BtcAgent.Domain.Execution.Desk;

/// <summary>Progress of an execution with a halt or flatten.</summary>
/// <param name="Canceled">Open orders whose cancel this call requested, plus unsent ones that will never be sent.</param>
/// <param name="Pending">
/// The unfinished part, with the reason. Null only when the venue's records show none of the agent's orders open, none is in flight,
/// and, for a flatten, the position is closed.
/// </param>
[GenerateSerializer, Immutable, Alias("ClearAnswer")]
public sealed record ClearAnswer([property: Id(0)] int Canceled, [property: Id(1)] string? Pending);
