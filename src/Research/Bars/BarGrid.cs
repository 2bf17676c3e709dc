using System.Globalization;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>Finds the interval of bars, gives each bar its own, and settles those off the grid.</summary>
/// <param name="policy">The interval if given, and what to do with irregular bars.</param>
/// <param name="originOf">File and line of a bar.</param>
/// <param name="remark">Receives what was assumed or done.</param>
/// <param name="irregularBars">Receives the indices of bars off the grid or cut short, which are then kept without a remark; null applies the policy.</param>
internal sealed class BarGrid(
    BarPolicy policy, Func<int, (string File, long Line)> originOf, Action<string> remark, ICollection<int>? irregularBars = null)
{
    /// <summary>Interval of a series of calendar months.</summary>
    public static readonly TimeSpan Month = TimeSpan.FromDays(31);

    private const int BarsLookedAt = 10_000;

    /// <summary>
    /// A bar whose next one begins up to a tenth later than expected lasts until then: a day of 25 hours, a month of 31 days.
    /// Its close must not be known before its last trades.
    /// </summary>
    private const int StretchDivisor = 10;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Sets the interval of each bar and returns the series.</summary>
    /// <param name="bars">Sorted, without repeats.</param>
    /// <param name="rounded">Number of volumes rounded.</param>
    /// <param name="firstLength">Length of the first bar by its close time, for a file of one bar; null where it has none.</param>
    /// <exception cref="BarFileException">There is no single interval, or irregular bars are refused.</exception>
    public BarSeries Apply(Bar[] bars, long rounded, TimeSpan? firstLength = null)
    {
        var monthly = policy.Monthly || (policy.Interval is null && IsMonthly(bars));
        var step = monthly ? Month : policy.Interval ?? MostFrequentStep(bars, firstLength);
        if (monthly)
        {
            remark("bars of one month: each lasts until the next month begins");
        }

        var (missing, irregular) = (0L, new RowTally());
        var (shortDays, longDays) = (0, 0);
        for (var i = 0; i < bars.Length; i++)
        {
            var own = monthly ? MonthOf(bars[i].OpenTime) : step;
            if (i + 1 < bars.Length)
            {
                var gap = bars[i + 1].OpenTime - bars[i].OpenTime;
                if (gap != own)
                {
                    var isDay = step == Day && Math.Abs((gap - Day).Ticks) == TimeSpan.TicksPerHour;
                    shortDays += isDay && gap < own ? 1 : 0;
                    longDays += isDay && gap > own ? 1 : 0;
                    missing += monthly ? MonthsBetween(bars[i].OpenTime, bars[i + 1].OpenTime) - 1 : (gap.Ticks / own.Ticks) - (gap < own ? 0 : 1);
                    if (!isDay && !monthly && gap.Ticks % own.Ticks != 0)
                    {
                        irregular.Add(originOf(gap < own ? i : i + 1).Line);
                    }

                    own = gap < own || gap.Ticks - own.Ticks <= own.Ticks / StretchDivisor ? gap : own;
                }
            }

            bars[i] = bars[i] with { Interval = own };
        }

        if (shortDays + longDays > 0)
        {
            remark($"daily bars of a zone with summer time: {shortDays} of 23 hours, {longDays} of 25");
        }

        if (irregular.Count > 0)
        {
            bars = Settle(bars, step, irregular.Count);
        }

        return new BarSeries(bars, step, missing, rounded);
    }

    /// <summary>Counts, lists and keeps or drops the bars off the grid and those that are shorter.</summary>
    private Bar[] Settle(Bar[] bars, TimeSpan step, long breaks)
    {
        if (breaks > bars.Length / 2)
        {
            throw new BarFileException(string.Create(
                CultureInfo.InvariantCulture, $"{Origin(0)}: {breaks} of {bars.Length} bars do not follow the one before by whole intervals of {step}: give the interval, such as --interval 1s"));
        }

        var phase = PhaseOf(bars, step);
        var (off, brief) = (new RowTally(), new RowTally());
        var kept = new List<Bar>(bars.Length);
        for (var i = 0; i < bars.Length; i++)
        {
            var isOff = bars[i].OpenTime.UnixNanoseconds / 100 % step.Ticks != phase;
            var isBrief = bars[i].Interval < step;
            if (isOff)
            {
                off.Add(originOf(i).Line);
            }

            if (isBrief)
            {
                brief.Add(originOf(i).Line);
            }

            if (!isOff && !isBrief)
            {
                kept.Add(bars[i]);
            }
            else
            {
                irregularBars?.Add(i);
            }
        }

        if (irregularBars is not null)
        {
            return bars;
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{off.Count} bars begin off the grid of {step}{(off.Count > 0 ? $" ({off.Lines})" : "")}, {brief.Count} are shorter{(brief.Count > 0 ? $" ({brief.Lines})" : "")}");
        if (policy.Irregular == IrregularPolicy.Refuse)
        {
            throw new BarFileException($"{Origin(0)}: {what}: --irregular keep or drop reads them");
        }

        remark(policy.Irregular == IrregularPolicy.Drop
            ? $"{what}; dropped"
            : $"{what}; kept, a bar ends when the next one begins (--irregular drop leaves them out)");
        return policy.Irregular == IrregularPolicy.Drop ? [.. kept] : bars;
    }

    private string Origin(int index) => originOf(index).File;

    /// <summary>Most frequent remainder of the open times by the interval.</summary>
    private static long PhaseOf(Bar[] bars, TimeSpan step) => bars
        .GroupBy(bar => bar.OpenTime.UnixNanoseconds / 100 % step.Ticks).MaxBy(group => group.Count())!.Key;

    private TimeSpan MostFrequentStep(Bar[] bars, TimeSpan? firstLength)
    {
        var steps = new Dictionary<TimeSpan, int>();
        for (var i = 1; i < Math.Min(bars.Length, BarsLookedAt); i++)
        {
            var step = bars[i].OpenTime - bars[i - 1].OpenTime;
            steps[step] = steps.GetValueOrDefault(step) + 1;
        }

        if (steps.Count > 0)
        {
            return steps.OrderByDescending(s => s.Value).ThenBy(s => s.Key).First().Key;
        }

        if (firstLength is { } length)
        {
            return length;
        }

        remark("a single bar: taken as one minute; give another interval with --interval");
        return TimeSpan.FromMinutes(1);
    }

    private static bool IsMonthly(Bar[] bars) =>
        bars.Length > 1 && bars[1].OpenTime - bars[0].OpenTime >= TimeSpan.FromDays(28)
        && bars.All(bar => bar.OpenTime.ToDateTimeOffset() is { Day: 1 } date && date.TimeOfDay == TimeSpan.Zero);

    private static TimeSpan MonthOf(Timestamp open)
    {
        var date = open.ToDateTimeOffset();
        return date.AddMonths(1) - date;
    }

    private static int MonthsBetween(Timestamp from, Timestamp to)
    {
        var (first, second) = (from.ToDateTimeOffset(), to.ToDateTimeOffset());
        return ((second.Year - first.Year) * 12) + second.Month - first.Month;
    }
}
