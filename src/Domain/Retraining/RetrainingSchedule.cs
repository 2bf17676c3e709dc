namespace BtcAgent.Domain.Retraining;

/// <summary>
/// When a strategy is trained again. Invariants:
/// <list type="number">
/// <item>The first observation only begins the count.</item>
/// <item>Runs by market time are at least <paramref name="Every"/> apart; a pause of any length leads to one run. Neither the time
/// of a model nor of its data is compared, so no rounded time of theirs can repeat a run.</item>
/// <item>A clock that steps back by less than a period neither repeats nor moves a run; after a larger step the count begins
/// again at the new time.</item>
/// </list>
/// </summary>
/// <param name="Every">Market time (event time of the venue) between runs; null for none.</param>
/// <param name="Cron">Occurrences by our clock; null for none.</param>
public sealed record RetrainingSchedule(TimeSpan? Every, CronSchedule? Cron)
{
    /// <summary>Larger steps back of our clock begin the count of cron again.</summary>
    private static readonly TimeSpan StepMax = TimeSpan.FromDays(1);

    /// <param name="mark">Where the count began.</param>
    /// <param name="market">Greatest event time seen; unknown before the first event.</param>
    /// <param name="clock">Our clock.</param>
    /// <returns>The mark to keep, and whether a run is due.</returns>
    public (ScheduleMark Mark, bool IsDue) Observe(ScheduleMark mark, Timestamp market, Timestamp clock)
    {
        var (marketMark, byMarket) = OfMarket(mark.Market, market);
        var (clockMark, byClock) = OfClock(mark.Clock, clock);
        return (new ScheduleMark(marketMark, clockMark), byMarket || byClock);
    }

    /// <summary>The event time of the next run by market time; null for none.</summary>
    public Timestamp? NextByMarket(ScheduleMark mark) => Every is { } every && mark.Market.IsKnown ? mark.Market + every : null;

    /// <summary>The next run by cron; null for none.</summary>
    public Timestamp? NextByClock(ScheduleMark mark) => mark.Clock.IsKnown ? Cron?.After(mark.Clock) : null;

    private (Timestamp Mark, bool IsDue) OfMarket(Timestamp mark, Timestamp now)
    {
        if (Every is not { } every || !now.IsKnown)
        {
            return (mark, false);
        }

        return !mark.IsKnown || mark - now > every ? (now, false)
            : now - mark >= every ? (now, true)
            : (mark, false);
    }

    private (Timestamp Mark, bool IsDue) OfClock(Timestamp mark, Timestamp now)
    {
        if (Cron is null)
        {
            return (mark, false);
        }

        return !mark.IsKnown || mark - now > StepMax ? (now, false)
            : Cron.After(mark) <= now ? (now, true)
            : (mark, false);
    }
}
