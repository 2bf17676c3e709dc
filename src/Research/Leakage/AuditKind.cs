namespace BtcAgent.Research.Leakage;

/// <summary>How the rows of a dataset were audited for the future.</summary>
public enum AuditKind : byte
{
    /// <summary>They were not: the inputs are not at hand.</summary>
    NotAvailable = 0,

    /// <summary>Rows were built again from their truncated past and compared bit for bit.</summary>
    Recomputed = 1,

    /// <summary>The rows come from the live pipeline, which has no future.</summary>
    LivePipeline = 2,
}
