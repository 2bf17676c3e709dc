using BtcAgent.Domain.Idempotency;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Grains.Risk;

/// <summary>Stored state of a risk grain; null before the first write.</summary>
public sealed class RiskGrainState
{
    public RiskState? Risk { get; set; }

    /// <summary>Operators' changes that this state contains.</summary>
    public OperationLedger Operations { get; set; } = OperationLedger.Empty;
}
