using BtcAgent.Contracts.Social;

namespace BtcAgent.Client.Api;

/// <summary>The budget of the source of posts that charges.</summary>
/// <param name="ReportedAt">The reader's last report; null before the first.</param>
/// <param name="Budget">The budget; null when no source charges.</param>
public sealed record BudgetView(Timestamp ReportedAt, SocialBudgetStatus? Budget)
{
    internal static BudgetView Of(SocialStatus status) => new(status.ReportedAt, status.Budget);
}
