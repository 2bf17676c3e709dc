namespace BtcAgent.Domain.Execution.Live;

/// <summary>A correction made by reconciliation.</summary>
/// <param name="Id">Deterministic id: the same finding has the same id.</param>
/// <param name="Kind">Kind of the finding.</param>
/// <param name="Reason">Description with the numbers.</param>
/// <param name="EventTime">Time of the venue's record that proves it.</param>
[GenerateSerializer, Immutable, Alias("Correction")]
public sealed record Correction(
    [property: Id(0)] string Id,
    [property: Id(1)] CorrectionKind Kind,
    [property: Id(2)] string Reason,
    [property: Id(3)] Timestamp EventTime);
