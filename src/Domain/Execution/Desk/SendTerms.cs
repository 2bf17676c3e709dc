namespace BtcAgent.Domain.Execution.Desk;

/// <summary>Conditions under which an approved order may still be sent.</summary>
/// <param name="Epoch">Epoch of the execution before the order was decided.</param>
/// <param name="NotAfter">End of the order's lifetime, by our clock.</param>
[GenerateSerializer, Immutable, Alias("SendTerms")]
public sealed record SendTerms([property: Id(0)] HaltEpoch Epoch, [property: Id(1)] Timestamp NotAfter);
