namespace BtcAgent.Domain.Alerts;

/// <summary>The pings of the dead man's receiver.</summary>
/// <param name="IsConfigured">False when there is no receiver.</param>
/// <param name="LastPingAt">When the receiver last answered; null before the first answer.</param>
/// <param name="Problem">Why the last ping failed; null when it succeeded.</param>
[GenerateSerializer, Immutable, Alias("WatchdogHealth")]
public sealed record WatchdogHealth(
    [property: Id(0)] bool IsConfigured, [property: Id(1)] DateTimeOffset? LastPingAt, [property: Id(2)] string? Problem)
{
    public static WatchdogHealth None { get; } = new(false, null, null);
}
