namespace BtcAgent.Social.Budgets;

/// <summary>An amount that may be read, and is counted as spent from the moment it is stored.</summary>
/// <param name="Id">Unique within a state.</param>
/// <param name="Use">The kind of reading.</param>
/// <param name="Amount">Posts or requests, 1 or more.</param>
/// <param name="Price">Dollars for each of them.</param>
/// <param name="Until">Nothing may be read from here on.</param>
/// <param name="FirstDay">First UTC day in which it counts.</param>
/// <param name="LastDay">Last UTC day in which it counts: the same one or the next.</param>
public sealed record BudgetReservation(
    long Id, BudgetUse Use, long Amount, decimal Price, Timestamp Until, DateOnly FirstDay, DateOnly LastDay);
