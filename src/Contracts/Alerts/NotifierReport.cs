using System.Collections.Immutable;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Contracts.Alerts;

/// <summary>The notifier's part of an exchange with <see cref="IAlertGrain"/>.</summary>
/// <param name="Observed">The conditions of the whole agent; null when they were not evaluated this time.</param>
/// <param name="Settled">Deliveries that have ended since the last exchange.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Watchdog">The pings of the dead man's receiver.</param>
[GenerateSerializer, Immutable, Alias("NotifierReport")]
public sealed record NotifierReport(
    [property: Id(0)] AlertReport? Observed,
    [property: Id(1)] ImmutableArray<DeliveryOutcome> Settled,
    [property: Id(2)] ImmutableArray<ChannelHealth> Channels,
    [property: Id(3)] WatchdogHealth Watchdog);
