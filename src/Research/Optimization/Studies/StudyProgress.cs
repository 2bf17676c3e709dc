using System.Globalization;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Progress of a search after a trial. Reported in the order of the trials' numbers.</summary>
/// <param name="Trial">The trial that finished.</param>
/// <param name="Best">The best trial so far; null if none is complete.</param>
/// <param name="Done">Trials finished, those of the store included.</param>
/// <param name="Total">Trials of the search; null if only time limits it.</param>
/// <param name="Elapsed">Time since the start of this run.</param>
/// <param name="Left">Estimated time left: of the trials, at the pace of this run, or of the budget of time if that is less.</param>
public sealed record StudyProgress(Trial Trial, Trial? Best, int Done, long? Total, TimeSpan Elapsed, TimeSpan Left)
{
    /// <summary>One line for people, where the value is an annual Sharpe ratio.</summary>
    public string Describe()
    {
        var total = Total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all}") : "";
        var best = Best is { } b ? string.Create(CultureInfo.InvariantCulture, $"best Sharpe {b.Value:F2} (trial {b.Number})") : "none complete yet";
        return string.Create(CultureInfo.InvariantCulture, $"trial {Done}{total}, {best}, {Describe(Left)} left");
    }

    private static string Describe(TimeSpan left) => left.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalHours:F1} h")
        : left.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:F0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{left.TotalSeconds:F0} s");
}
