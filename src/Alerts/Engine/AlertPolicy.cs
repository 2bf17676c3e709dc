using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Alerts.Settings;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Engine;

/// <summary>Rules on who is notified of an alert, and when.</summary>
public sealed record AlertPolicy
{
    public required TimeSpan GroupWait { get; init; }

    public required TimeSpan GroupInterval { get; init; }

    public required TimeSpan RepeatInterval { get; init; }

    /// <summary>Labels that divide the alerts of one rule into groups.</summary>
    public ImmutableArray<string> GroupBy { get; init; } = [];

    public required ImmutableArray<ChannelPolicy> Channels { get; init; }

    public ImmutableArray<EscalationStep> Steps { get; init; } = [];

    /// <summary>Lowest severity that is escalated.</summary>
    public AlertSeverity EscalateFrom { get; init; } = AlertSeverity.Critical;

    public QuietHours? Quiet { get; init; }

    public ImmutableDictionary<string, AlertNoise> Noise { get; init; } = ImmutableDictionary<string, AlertNoise>.Empty;

    /// <summary>For each rule, the rules whose critical alerts make its alerts redundant.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> MutedBy { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Messages that may wait for one channel.</summary>
    public int WaitingMax { get; init; } = 200;

    public AlertNoise NoiseOf(string rule) => Noise.GetValueOrDefault(rule, AlertNoise.On);

    /// <param name="options">Validated options.</param>
    /// <param name="mutedBy">See <see cref="MutedBy"/>.</param>
    /// <param name="silent">Rules that are silent unless the options say otherwise.</param>
    public static AlertPolicy Of(
        AlertOptions options, ImmutableDictionary<string, ImmutableArray<string>> mutedBy, IEnumerable<string> silent) => new()
        {
            GroupWait = TimeSpan.FromSeconds(options.GroupWaitSeconds),
            GroupInterval = TimeSpan.FromSeconds(options.GroupIntervalSeconds),
            RepeatInterval = TimeSpan.FromMinutes(options.RepeatIntervalMinutes),
            GroupBy = [.. options.GroupBy.Order(StringComparer.Ordinal)],
            Channels =
        [
            .. options.Channels.OrderBy(channel => channel.Key, StringComparer.Ordinal).Select(channel => new ChannelPolicy(
                channel.Key,
                channel.Value.OnlyEscalation ? null : channel.Value.MinSeverity,
                channel.Value.SendResolved,
                channel.Value.PagerDuty is not null || channel.Value.Webhook is not null)),
        ],
            Steps =
        [
            .. options.Escalation.Select(step =>
                new EscalationStep(TimeSpan.FromMinutes(step.AfterMinutes), [.. step.Channels.Distinct()])),
        ],
            EscalateFrom = options.EscalateFrom,
            Quiet = options.QuietHours.From.Length == 0 ? null : new QuietHours(
            Time(options.QuietHours.From),
            Time(options.QuietHours.To),
            TimeZoneInfo.FindSystemTimeZoneById(options.QuietHours.TimeZone),
            options.QuietHours.MuteCritical),
            Noise = silent.ToImmutableDictionary(rule => rule, _ => AlertNoise.Silent, StringComparer.Ordinal).SetItems(options.Noise),
            MutedBy = mutedBy,
            WaitingMax = options.WaitingMax,
        };

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
