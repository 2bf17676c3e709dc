namespace BtcAgent.Domain.Alerts;

/// <summary>An operator works on the alert: it is neither repeated nor escalated.</summary>
/// <param name="By">Name of the operator.</param>
/// <param name="At">When.</param>
/// <param name="Until">End of the acknowledgement; null until the alert is resolved.</param>
/// <param name="Reason">The operator's note.</param>
[GenerateSerializer, Immutable, Alias("Acknowledgement")]
public sealed record Acknowledgement(
    [property: Id(0)] string By,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] DateTimeOffset? Until,
    [property: Id(3)] string Reason);
