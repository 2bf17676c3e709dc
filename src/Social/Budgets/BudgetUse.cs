namespace BtcAgent.Social.Budgets;

/// <summary>The kind of reading that a reservation pays for.</summary>
public enum BudgetUse
{
    /// <summary>Posts, each with its author.</summary>
    Posts,

    /// <summary>Requests for the number of posts.</summary>
    Counts,
}
