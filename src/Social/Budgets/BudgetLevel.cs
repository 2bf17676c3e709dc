namespace BtcAgent.Social.Budgets;

/// <summary>How much is read from a source that charges by the post, from nothing to everything.</summary>
public enum BudgetLevel
{
    /// <summary>Nothing is read until the next day or month.</summary>
    Off,

    /// <summary>Only the number of posts is read, by requests that cost the same for any number.</summary>
    Counts,

    /// <summary>A sample of the posts.</summary>
    Sampled,

    /// <summary>All posts.</summary>
    Stream,
}
