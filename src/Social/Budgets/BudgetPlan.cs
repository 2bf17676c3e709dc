namespace BtcAgent.Social.Budgets;

/// <summary>How to read now.</summary>
/// <param name="Level">The level.</param>
/// <param name="Reason">Why, in words with the numbers.</param>
/// <param name="Until">When the next day begins, and the plan is made again at the latest.</param>
/// <param name="CountsEvery">Time between two requests for the number of posts, so that they last for the day and the month: one minute or more.</param>
public sealed record BudgetPlan(BudgetLevel Level, string Reason, Timestamp Until, TimeSpan CountsEvery);
