using BtcAgent.Domain.Audit;

namespace BtcAgent.Grains.Audit;

/// <summary>The last entry of the audit as the agent's own state knows it, apart from the entries.</summary>
public sealed class AuditMarkState
{
    /// <summary>Null before the first entry.</summary>
    public AuditHead? Last { get; set; }
}
