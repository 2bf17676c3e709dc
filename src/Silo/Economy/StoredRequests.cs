using BtcAgent.Economy.Budgets;

namespace BtcAgent.Silo.Economy;

/// <summary>Spent requests as they are stored.</summary>
/// <param name="Revision">Rises by one with each.</param>
/// <param name="Spend">The requests.</param>
internal sealed record StoredRequests(long Revision, RequestSpend Spend);
