using BtcAgent.Domain.Economy;
using BtcAgent.Economy.Releases;

namespace BtcAgent.Economy.Vintages;

/// <summary>
/// The surprise of a series' newest value. FRED has no forecasts, so the expectation is the past: the change at its first publication less the mean of
/// the earlier ones, over their standard deviation. Invariants: (1) a change is taken between the values that were published on the day on which the newer
/// one first appeared, so that neither a later revision nor a new base year enters it; (2) nothing published after the day of judgement counts.
/// </summary>
public static class SurpriseMeter
{
    /// <summary>Earlier changes that a mean and a deviation need.</summary>
    public const int ChangesMin = 12;

    /// <param name="vintages">All values of some years, in any order.</param>
    /// <param name="windowStart">
    /// First day of the years that were asked for: a source gives values of before that day as if they were published on it, so that they are not first ones.
    /// </param>
    /// <param name="asOf">Day of judgement.</param>
    /// <param name="kind">How values are compared.</param>
    /// <returns>Null without a change.</returns>
    public static Surprise? Of(IEnumerable<Vintage> vintages, DateOnly windowStart, DateOnly asOf, ChangeKind kind)
    {
        var known = vintages.Where(one => one.From <= asOf).GroupBy(one => one.Date).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        var changes = new List<(DateOnly Published, double Change)>();
        for (var i = 1; i < known.Length; i++)
        {
            var published = known[i].Where(one => one.Value is not null).Select(one => (DateOnly?)one.From).Min();
            if (published is { } day && day > windowStart && ValueOn(known[i], day) is { } value && ValueOn(known[i - 1], day) is { } before && Change(before, value, kind) is { } change)
            {
                changes.Add((day, change));
            }
        }

        if (changes.Count == 0)
        {
            return null;
        }

        var (last, newest) = changes[^1];
        return new Surprise(last, Judge(newest, [.. changes.SkipLast(1).Where(one => one.Published < last).Select(one => one.Change)]));
    }

    private static double? Judge(double newest, double[] earlier)
    {
        if (earlier.Length < ChangesMin)
        {
            return null;
        }

        var mean = earlier.Average();
        var deviation = Math.Sqrt(earlier.Sum(one => (one - mean) * (one - mean)) / (earlier.Length - 1));
        return deviation > 1e-12 ? Math.Clamp((newest - mean) / deviation, -CalendarNotice.SurpriseMax, CalendarNotice.SurpriseMax) : null;
    }

    private static double? ValueOn(Vintage[] values, DateOnly day)
    {
        foreach (var one in values)
        {
            if (one.From <= day && day <= one.Until)
            {
                return one.Value;
            }
        }

        return null;
    }

    private static double? Change(double before, double value, ChangeKind kind) =>
        kind == ChangeKind.Difference ? value - before
        : before > 0 && value > 0 ? Math.Log(value / before)
        : null;
}
