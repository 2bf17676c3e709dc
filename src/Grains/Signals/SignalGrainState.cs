using System.Collections.Immutable;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Grains.Signals;

/// <summary>The models assigned to a strategy, and the state of the one that trades.</summary>
public sealed class SignalGrainState
{
    /// <summary>Null before the first assignment.</summary>
    public ModelAssignment? Assignment { get; set; }

    /// <summary>Null before the first snapshot, and for a model without a state.</summary>
    public SavedStrategy? Strategy { get; set; }

    /// <summary>Virtual accounts of the champion and its challengers; empty in states stored by older versions.</summary>
    public ImmutableArray<VirtualLaneState> Accounts { get; set; } = [];

    /// <summary>Watches of the trained models; empty in states stored by older versions.</summary>
    public ImmutableArray<SavedWatch> Watches { get; set; } = [];

    /// <summary>Whose position the canary portfolio has; null before the first canary.</summary>
    public CanaryBooks? Canary { get; set; }
}
