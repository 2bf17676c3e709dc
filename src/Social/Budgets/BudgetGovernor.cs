using System.Globalization;

namespace BtcAgent.Social.Budgets;

/// <summary>
/// Decides what may be read for money. Pure: state and time in, state out. Invariants, which tests name:
/// (1) with the owner's reads within its stored reservations, no day and no month ever costs more than its limits, by any clock within the tolerance;
/// (2) an unsettled reservation counts as spent for ever; (3) an owner of an earlier epoch changes nothing;
/// (4) the level only falls within a day, unless the limits change. For levels a day begins with the clock tolerance after midnight: before, a
/// reservation still counts in the day before.
/// </summary>
public sealed class BudgetGovernor(BudgetOptions options)
{
    /// <summary>Shortest time between two requests for the number of posts.</summary>
    public static readonly TimeSpan CountsEveryMin = TimeSpan.FromMinutes(1);

    private readonly BudgetLimits _limits = BudgetLimits.Of(options);

    /// <inheritdoc cref="BudgetOptions.ClockTolerance"/>
    public TimeSpan ClockTolerance => options.ClockTolerance;

    /// <summary>Time for which a reservation may be read.</summary>
    public TimeSpan Horizon => options.Horizon;

    /// <summary>Posts of one reservation, at most, so that what is reserved but not read does not lower the level: a tenth of the tightest limit.</summary>
    public long ReservationMax
    {
        get
        {
            var price = options.PriceOf(BudgetUse.Posts);
            var reads = Math.Min(_limits.ReadsPerDay, _limits.ReadsPerMonth);
            return Math.Max(1, (price == 0 ? reads : Math.Min(reads, (long)(Math.Min(_limits.DollarsPerDay, _limits.DollarsPerMonth) / price))) / 10);
        }
    }

    /// <summary>A new owner. The reservations of earlier ones remain spent.</summary>
    /// <returns>Null when a later owner has taken over.</returns>
    public BudgetState? TakeOver(BudgetState state, long epoch) =>
        epoch < state.Epoch ? null : Next(state) with { Epoch = epoch, Open = [] };

    /// <summary>Reserves an amount, in full or not at all.</summary>
    /// <param name="state">The stored state.</param>
    /// <param name="epoch">The lease of the caller.</param>
    /// <param name="now">The caller's time.</param>
    /// <param name="use">The kind of reading.</param>
    /// <param name="amount">Posts or requests, 1 or more.</param>
    public BudgetStep TryReserve(BudgetState state, long epoch, Timestamp now, BudgetUse use, long amount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amount, 1);
        if (epoch != state.Epoch)
        {
            return BudgetStep.Refused(state, $"the budget has another owner: lease {state.Epoch}, not {epoch}");
        }

        var until = now + options.Horizon;
        var reservation = new BudgetReservation(
            state.LastReservation + 1, use, amount, options.PriceOf(use), until,
            DayOf(now - options.ClockTolerance), DayOf(until + options.ClockTolerance));
        return RefusalOf(state, reservation) is { } reason
            ? BudgetStep.Refused(state, reason)
            : new BudgetStep(
                Next(state).Plus(reservation, amount) with { LastReservation = reservation.Id, Open = [.. state.Open.Where(open => open.Until > now), reservation] },
                reservation, "");
    }

    /// <summary>Ends a reservation and returns what was not used. Unknown reservations and owners change nothing.</summary>
    /// <param name="state">The stored state.</param>
    /// <param name="epoch">The lease of the caller.</param>
    /// <param name="id">The reservation.</param>
    /// <param name="used">Posts or requests that the source charges; more than reserved are booked as they are.</param>
    public BudgetState Settle(BudgetState state, long epoch, long id, long used)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(used);
        return epoch == state.Epoch && state.Open.FirstOrDefault(open => open.Id == id) is { } reservation
            ? Next(state).Plus(reservation, used - reservation.Amount) with { Open = state.Open.Remove(reservation) }
            : state;
    }

    /// <summary>Settles a reservation and reserves another in one step; when that is refused, the first one remains.</summary>
    public BudgetStep Renew(BudgetState state, long epoch, Timestamp now, BudgetReservation reservation, long used, long amount)
    {
        var step = TryReserve(Settle(state, epoch, reservation.Id, used), epoch, now, reservation.Use, amount);
        return step with { State = step.Reservation is null ? state : step.State with { Revision = state.Revision + 1 } };
    }

    /// <summary>Chooses the level.</summary>
    /// <param name="state">The stored state; store the new one, which remembers the level.</param>
    /// <param name="now">The caller's time.</param>
    /// <param name="highest">A level that the caller cannot exceed now, such as after a refused reservation.</param>
    public (BudgetState State, BudgetPlan Plan) Choose(BudgetState state, Timestamp now, BudgetLevel highest = BudgetLevel.Stream)
    {
        var day = DayOf(now - options.ClockTolerance);
        var (share, tightest) = Used(state, day);
        var level = share < options.SampleFromShare ? BudgetLevel.Stream
            : share < options.CountsFromShare ? BudgetLevel.Sampled
            : BudgetLevel.Counts;
        var note = "";
        if (level > highest)
        {
            (level, note) = (highest, "; a reservation for more was refused");
        }

        var isSameDay = state.LevelDay == day && state.LevelLimits == _limits;
        if (isSameDay && state.Level < level)
        {
            (level, note) = (state.Level, "; more was earlier today");
        }

        var affordable = Affordable(state, now - options.ClockTolerance, out var countsEvery);
        if (level <= BudgetLevel.Counts && affordable < 1)
        {
            level = BudgetLevel.Off;
        }

        var reason = string.Create(CultureInfo.InvariantCulture, $"{share:P1} of {tightest} is used or reserved{note}");
        var plan = new BudgetPlan(level, reason, StartOf(day.AddDays(1)) + options.ClockTolerance, countsEvery);
        return isSameDay && state.Level == level
            ? (state, plan)
            : (Next(state) with { Level = level, LevelDay = day, LevelLimits = _limits }, plan);
    }

    /// <summary>The UTC day of an instant.</summary>
    public static DateOnly DayOf(Timestamp time) => DateOnly.FromDateTime(time.ToDateTimeOffset().UtcDateTime);

    private static Timestamp StartOf(DateOnly day) => Timestamp.FromDateTimeOffset(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));

    private static BudgetState Next(BudgetState state) => state with { Revision = state.Revision + 1 };

    private string? RefusalOf(BudgetState state, BudgetReservation reservation)
    {
        var dollars = reservation.Amount * reservation.Price;
        foreach (var day in BudgetState.DaysOf(reservation))
        {
            var refusal = Over(state.OfDay(day), "day", _limits.ReadsPerDay, _limits.DollarsPerDay)
                ?? Over(state.OfMonth(day), "month", _limits.ReadsPerMonth, _limits.DollarsPerMonth);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;

        string? Over(BudgetSpend spend, string period, long readsMax, decimal dollarsMax)
        {
            var after = spend.Plus(reservation.Use, reservation.Amount, dollars);
            return reservation.Use == BudgetUse.Posts && after.Reads > readsMax
                ? Text($"{reservation.Amount} more reads would make {after.Reads} of {readsMax} in the {period} of {spend.Start:yyyy-MM-dd}")
                : after.Dollars > dollarsMax
                    ? Text($"{dollars:F3} more dollars would make {after.Dollars:F3} of {dollarsMax:F2} in the {period} of {spend.Start:yyyy-MM-dd}")
                    : null;
        }
    }

    /// <summary>The used share of the tightest limit, and its name.</summary>
    private (double Share, string Name) Used(BudgetState state, DateOnly day)
    {
        var (today, month) = (state.OfDay(day), state.OfMonth(day));
        return new[]
        {
            (Share(today.Reads, _limits.ReadsPerDay), Text($"{_limits.ReadsPerDay} reads of the day")),
            (Share(today.Dollars, _limits.DollarsPerDay), Text($"${_limits.DollarsPerDay:F2} of the day")),
            (Share(month.Reads, _limits.ReadsPerMonth), Text($"{_limits.ReadsPerMonth} reads of the month")),
            (Share(month.Dollars, _limits.DollarsPerMonth), Text($"${_limits.DollarsPerMonth:F2} of the month")),
        }.MaxBy(used => used.Item1);

        static double Share(decimal used, decimal limit) => limit > 0 ? (double)(used / limit) : 1;
    }

    /// <summary>Requests for numbers that the day and the month still allow, and the time between two that makes them last.</summary>
    private long Affordable(BudgetState state, Timestamp now, out TimeSpan every)
    {
        var day = DayOf(now);
        var (today, month) = (state.OfDay(day), state.OfMonth(day));
        if (options.DollarsPerCounts == 0)
        {
            every = CountsEveryMin;
            return today.Dollars <= _limits.DollarsPerDay && month.Dollars <= _limits.DollarsPerMonth ? long.MaxValue : 0;
        }

        var ofDay = (long)Math.Max(0, (_limits.DollarsPerDay - today.Dollars) / options.DollarsPerCounts);
        var ofMonth = (long)Math.Max(0, (_limits.DollarsPerMonth - month.Dollars) / options.DollarsPerCounts);
        var everyOfDay = (StartOf(day.AddDays(1)) - now) / Math.Max(1, ofDay);
        var everyOfMonth = (StartOf(BudgetState.MonthOf(day).AddMonths(1)) - now) / Math.Max(1, ofMonth);
        every = new[] { CountsEveryMin, everyOfDay, everyOfMonth }.Max();
        return Math.Min(ofDay, ofMonth);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
