using System.Globalization;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>Sorts bars by time and settles repeats.</summary>
internal static class BarOrder
{
    /// <param name="bars">Bars as read.</param>
    /// <param name="originals">Receives for each bar its place as read; null when all are in order.</param>
    /// <param name="origins">File and line of each bar as read.</param>
    /// <param name="policy">The treatment of repeats.</param>
    /// <param name="remark">Receives what was done.</param>
    /// <exception cref="BarFileException">Two rows have the same time, and the policy refuses them.</exception>
    public static Bar[] Restore(Bar[] bars, BarOrigins origins, RepeatPolicy policy, Action<string> remark, out int[]? originals)
    {
        originals = null;
        if (Ascends(bars))
        {
            return bars;
        }

        var order = new int[bars.Length];
        var times = new (Timestamp Time, int Place)[bars.Length];
        for (var i = 0; i < bars.Length; i++)
        {
            (order[i], times[i]) = (i, (bars[i].OpenTime, i));
        }

        Array.Sort(times, order);
        var repeats = new RowTally();
        var kept = 0;
        var example = "";
        for (var i = 0; i < order.Length; i++)
        {
            if (kept == 0 || times[i].Time != bars[order[kept - 1]].OpenTime)
            {
                order[kept++] = order[i];
                continue;
            }

            if (repeats.Count == 0)
            {
                example = $"{origins[order[i]]}: time {times[i].Time} repeats {origins[order[kept - 1]]}";
            }

            repeats.Add(origins.Find(order[i]).Line);
            order[kept - 1] = policy == RepeatPolicy.Last ? order[i] : order[kept - 1];
        }

        if (repeats.Count > 0)
        {
            if (policy == RepeatPolicy.Refuse)
            {
                throw new BarFileException(string.Create(
                    CultureInfo.InvariantCulture, $"{example}; {repeats.Count} rows repeat a time ({repeats.Lines}): --duplicates first or last uses one of each"));
            }

            remark(string.Create(
                CultureInfo.InvariantCulture, $"{repeats.Count} rows repeat a time ({repeats.Lines}); the {(policy == RepeatPolicy.First ? "first" : "last")} of each is used"));
        }

        originals = order[..kept];
        return Array.ConvertAll(originals, place => bars[place]);
    }

    private static bool Ascends(Bar[] bars)
    {
        for (var i = 1; i < bars.Length; i++)
        {
            if (bars[i].OpenTime <= bars[i - 1].OpenTime)
            {
                return false;
            }
        }

        return true;
    }
}
