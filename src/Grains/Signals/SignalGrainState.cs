using BtcAgent.Contracts.Signals;

namespace BtcAgent.Grains.Signals;

/// <summary>The models assigned to a strategy, and the state of the one that trades.</summary>
public sealed class SignalGrainState
{
    /// <summary>Null before the first assignment.</summary>
    public ModelAssignment? Assignment { get; set; }

    /// <summary>Null before the first snapshot, and for a model without a state.</summary>
    public SavedStrategy? Strategy { get; set; }
}
