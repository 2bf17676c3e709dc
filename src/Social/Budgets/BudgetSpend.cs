namespace BtcAgent.Social.Budgets;

/// <summary>The cost of one day or month, reservations included.</summary>
/// <param name="Start">The day, or the first day of the month, in UTC.</param>
/// <param name="Reads">Posts.</param>
/// <param name="Counts">Requests for numbers of posts.</param>
/// <param name="Dollars">The price of both.</param>
public sealed record BudgetSpend(DateOnly Start, long Reads, long Counts, decimal Dollars)
{
    /// <summary>Adds a use; removes it when the amount is negative.</summary>
    internal BudgetSpend Plus(BudgetUse use, long amount, decimal dollars) => this with
    {
        Reads = Reads + (use == BudgetUse.Posts ? amount : 0),
        Counts = Counts + (use == BudgetUse.Counts ? amount : 0),
        Dollars = Dollars + dollars,
    };
}
