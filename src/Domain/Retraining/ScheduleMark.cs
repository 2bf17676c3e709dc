namespace BtcAgent.Domain.Retraining;

/// <summary>The instants from which a <see cref="RetrainingSchedule"/> counts; unknown before the first observation.</summary>
/// <param name="Market">Event time of the last run by market time.</param>
/// <param name="Clock">Our clock at the last run by cron.</param>
[GenerateSerializer, Immutable, Alias("ScheduleMark")]
public sealed record ScheduleMark([property: Id(0)] Timestamp Market, [property: Id(1)] Timestamp Clock)
{
    public static ScheduleMark None { get; } = new(Timestamp.Unknown, Timestamp.Unknown);
}
