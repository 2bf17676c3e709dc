using BtcAgent.Social.Budgets;

namespace BtcAgent.Social.X;

/// <summary>The state of the source, for people and metrics.</summary>
/// <param name="Phase">Its activity.</param>
/// <param name="Level">The budget's level.</param>
/// <param name="Reason">Why it is in this phase; no text or author of a post, and no token.</param>
/// <param name="Wait">The wait it is in; zero otherwise.</param>
/// <param name="Since">When this phase began.</param>
public sealed record XStatus(XPhase Phase, BudgetLevel Level, string Reason, TimeSpan Wait, Timestamp Since);
