namespace BtcAgent.Social.Budgets;

/// <summary>The limits under which a level was chosen.</summary>
public sealed record BudgetLimits(long ReadsPerDay, long ReadsPerMonth, decimal DollarsPerDay, decimal DollarsPerMonth)
{
    /// <summary>The limits of the options.</summary>
    public static BudgetLimits Of(BudgetOptions options) =>
        new(options.ReadsPerDayMax, options.ReadsPerMonthMax, options.DollarsPerDayMax, options.DollarsPerMonthMax);
}
