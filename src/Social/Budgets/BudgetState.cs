using System.Collections.Immutable;

namespace BtcAgent.Social.Budgets;

/// <summary>
/// The spending of a budget. JSON. Its owner stores each new revision before acting by it. Reservations count as spent, so that a crash
/// between storing and settling can only lose budget.
/// </summary>
public sealed record BudgetState
{
    /// <summary>Days that are kept, the newest by date.</summary>
    public const int DaysMax = 40;

    /// <summary>Months that are kept, the newest by date.</summary>
    public const int MonthsMax = 14;

    /// <summary>Nothing spent, no owner.</summary>
    public static BudgetState Empty { get; } = new();

    /// <summary>Rises by one with each change; a store replaces a state only by the next revision.</summary>
    public long Revision { get; init; }

    /// <summary>The owner's lease; an owner with a lower one is refused.</summary>
    public long Epoch { get; init; }

    /// <summary>Id of the last reservation.</summary>
    public long LastReservation { get; init; }

    /// <summary>Ascending.</summary>
    public ImmutableArray<BudgetSpend> Days { get; init; } = [];

    /// <summary>Ascending.</summary>
    public ImmutableArray<BudgetSpend> Months { get; init; } = [];

    /// <summary>Reservations of the present owner that are not settled. Those whose time is over are left out at the next one, and remain spent.</summary>
    public ImmutableArray<BudgetReservation> Open { get; init; } = [];

    /// <summary>The last level chosen; it only falls within one day.</summary>
    public BudgetLevel Level { get; init; } = BudgetLevel.Stream;

    /// <summary>The UTC day of <see cref="Level"/>.</summary>
    public DateOnly LevelDay { get; init; }

    /// <summary>The limits of <see cref="Level"/>: other ones choose again at once.</summary>
    public BudgetLimits? LevelLimits { get; init; }

    /// <summary>The cost of a day; zero when nothing is known of it.</summary>
    public BudgetSpend OfDay(DateOnly day) => Find(Days, day);

    /// <summary>The cost of a month; zero when nothing is known of it.</summary>
    /// <param name="day">Any day of the month.</param>
    public BudgetSpend OfMonth(DateOnly day) => Find(Months, MonthOf(day));

    internal static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>Adds a use to every day and month of a reservation.</summary>
    internal BudgetState Plus(BudgetReservation reservation, long amount)
    {
        var state = this;
        foreach (var day in DaysOf(reservation))
        {
            state = state with { Days = Put(state.Days, state.OfDay(day).Plus(reservation.Use, amount, amount * reservation.Price), DaysMax) };
        }

        foreach (var month in DaysOf(reservation).Select(MonthOf).Distinct())
        {
            state = state with { Months = Put(state.Months, state.OfMonth(month).Plus(reservation.Use, amount, amount * reservation.Price), MonthsMax) };
        }

        return state;
    }

    internal static IEnumerable<DateOnly> DaysOf(BudgetReservation reservation) =>
        reservation.FirstDay == reservation.LastDay ? [reservation.FirstDay] : [reservation.FirstDay, reservation.LastDay];

    private static BudgetSpend Find(ImmutableArray<BudgetSpend> spends, DateOnly start) =>
        spends.FirstOrDefault(spend => spend.Start == start) ?? new BudgetSpend(start, 0, 0, 0);

    private static ImmutableArray<BudgetSpend> Put(ImmutableArray<BudgetSpend> spends, BudgetSpend changed, int max) =>
        [.. spends.Where(spend => spend.Start != changed.Start).Append(changed).OrderBy(spend => spend.Start).TakeLast(max)];
}
