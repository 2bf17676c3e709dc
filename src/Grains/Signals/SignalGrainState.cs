using BtcAgent.Contracts.Signals;

namespace BtcAgent.Grains.Signals;

/// <summary>The models assigned to a strategy; null before the first assignment.</summary>
public sealed class SignalGrainState
{
    public ModelAssignment? Assignment { get; set; }
}
