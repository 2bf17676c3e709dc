using System.Collections.Immutable;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Contracts.Alerts;

/// <summary>The alerts and their channels.</summary>
/// <param name="Alerts">Firing ones first, by severity, then pending ones, then those resolved within a day.</param>
/// <param name="Channels">The channels, by name; empty until the notifier has reported.</param>
/// <param name="Watchdog">The pings of the dead man's receiver.</param>
/// <param name="Problem">Why the alerts cannot be stored at present; null when they are.</param>
[GenerateSerializer, Immutable, Alias("AlertList")]
public sealed record AlertList(
    [property: Id(0)] ImmutableArray<Alert> Alerts,
    [property: Id(1)] ImmutableArray<ChannelHealth> Channels,
    [property: Id(2)] WatchdogHealth Watchdog,
    [property: Id(3)] string? Problem);
