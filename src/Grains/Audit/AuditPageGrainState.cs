using System.Collections.Immutable;
using BtcAgent.Contracts.Audit;

namespace BtcAgent.Grains.Audit;

/// <summary>Consecutive entries of the audit.</summary>
public sealed class AuditPageGrainState
{
    public ImmutableArray<StoredAuditLine> Lines { get; set; } = [];
}
