using BtcAgent.Domain.Risk;

namespace BtcAgent.Grains.Risk;

/// <summary>What a risk grain keeps across restarts; null before the first write.</summary>
public sealed class RiskGrainState
{
    public RiskState? Risk { get; set; }
}
