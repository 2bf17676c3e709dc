using System.Globalization;

namespace BtcAgent.Domain.Drift;

/// <summary>Age of a model: time since the end of its training data.</summary>
/// <param name="WarnDays">Age of a warning, in days, above 0.</param>
/// <param name="MaxDays">Age of an alarm, in days, above <paramref name="WarnDays"/>.</param>
public readonly record struct ModelAge(int WarnDays, int MaxDays)
{
    /// <summary>A warning after 60 days, an alarm after 90.</summary>
    public static ModelAge Default => new(60, 90);

    /// <param name="trainedTo">End of the training data; unknown gives <see cref="DriftState.Unknown"/>.</param>
    /// <param name="now">Event time.</param>
    public DriftState Of(Timestamp trainedTo, Timestamp now) => !trainedTo.IsKnown || !now.IsKnown ? DriftState.Unknown
        : (now - trainedTo).TotalDays switch
        {
            var days when days >= MaxDays => DriftState.Alarm,
            var days when days >= WarnDays => DriftState.Warning,
            _ => DriftState.None,
        };

    /// <summary>The age in one sentence.</summary>
    public string Describe(Timestamp trainedTo, Timestamp now) => string.Create(
        CultureInfo.InvariantCulture, $"the training data ended {(now - trainedTo).TotalDays:0} days ago, {MaxDays} are allowed");
}
