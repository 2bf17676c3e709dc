namespace BtcAgent.Domain.Execution.Desk;

/// <summary>How far an execution is with what a halt or flatten asks of it.</summary>
/// <param name="Canceled">Open orders whose cancel was asked for by this call, and unsent ones that will never be sent.</param>
/// <param name="Pending">
/// What is not done yet, and why; null only when the venue's own record shows no open order of ours and none is on its way,
/// and, for a flatten, the position is closed.
/// </param>
[GenerateSerializer, Immutable, Alias("ClearAnswer")]
public sealed record ClearAnswer([property: Id(0)] int Canceled, [property: Id(1)] string? Pending);
