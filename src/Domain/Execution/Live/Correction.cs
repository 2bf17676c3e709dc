namespace BtcAgent.Domain.Execution.Live;

/// <summary>Something reconciliation found and set right.</summary>
/// <param name="Id">Deterministic: the same finding has the same id.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Reason">The numbers, in words.</param>
/// <param name="EventTime">Of the venue's word that proves it.</param>
[GenerateSerializer, Immutable, Alias("Correction")]
public sealed record Correction(
    [property: Id(0)] string Id,
    [property: Id(1)] CorrectionKind Kind,
    [property: Id(2)] string Reason,
    [property: Id(3)] Timestamp EventTime);
