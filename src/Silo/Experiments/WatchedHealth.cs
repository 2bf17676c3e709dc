using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Experiments;

namespace BtcAgent.Silo.Experiments;

/// <summary>Adds to a challenger's condition what the watches of its model have seen, on all instruments of its strategy.</summary>
internal static class WatchedHealth
{
    /// <param name="health">The condition by the virtual accounts.</param>
    /// <param name="watches">Watches of the strategy's models; those of other models are left out.</param>
    /// <param name="challenger">Id of the challenger, also after its promotion.</param>
    public static StageHealth Of(StageHealth health, IEnumerable<ModelWatchReading> watches, string challenger)
    {
        ModelWatchReading[] own = [.. watches.Where(reading => reading.ModelId == challenger)];
        var (samples, late) = (own.Sum(reading => reading.Today?.Samples ?? 0), own.Sum(reading => reading.Today?.Late ?? 0));
        return health with
        {
            // The account may have been opened later on the day than the watch: the share counts.
            Late = samples == 0 ? 0 : (long)Math.Round((double)late / samples * health.Samples),
            ParityBreaks = own.Sum(reading => reading.ParityBreaks),
            Drift = own.Select(Alarm).FirstOrDefault(alarm => alarm is not null),
        };
    }

    private static string? Alarm(ModelWatchReading reading) =>
        reading.Drift.State == DriftState.Alarm ? reading.Drift.Text
        : reading.Calibration.State == DriftState.Alarm ? reading.Calibration.Text
        : null;
}
