using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Engine;

/// <summary>Hours of each day, by a time zone's clock, in which alerts are held back.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End; before <paramref name="From"/> when it is on the next day.</param>
/// <param name="Zone">Time zone.</param>
/// <param name="MuteCritical">Whether critical alerts are held back, too.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, TimeZoneInfo Zone, bool MuteCritical)
{
    public bool Mutes(AlertSeverity severity, DateTimeOffset now) =>
        (MuteCritical || severity < AlertSeverity.Critical)
        && TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime).IsBetween(From, To);
}
