using BtcAgent.Domain.Audit;

namespace BtcAgent.Contracts.Audit;

/// <summary>How a store of the audit was found.</summary>
/// <param name="Head">The last entry that was ever acknowledged, even if it is missing now: the chain continues from it.</param>
/// <param name="Damage">Entries that are missing, changed or replaced at the end of the chain, in one line; null when nothing is.</param>
public sealed record AuditOpening(AuditHead Head, string? Damage = null);
