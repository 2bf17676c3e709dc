using BtcAgent.Contracts.Signals;

namespace BtcAgent.Grains.Signals;

/// <summary>The models a strategy was told to serve; null before the first assignment.</summary>
public sealed class SignalGrainState
{
    public ModelAssignment? Assignment { get; set; }
}
