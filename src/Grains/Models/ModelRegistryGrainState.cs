using BtcAgent.Domain.Idempotency;
using BtcAgent.Domain.Models;

namespace BtcAgent.Grains.Models;

/// <summary>All models and their stages.</summary>
public sealed class ModelRegistryGrainState
{
    public ModelRoster Roster { get; set; } = ModelRoster.Empty;

    /// <summary>Moves that the roster contains; the result is the reason of one that was reverted.</summary>
    public OperationLedger Operations { get; set; } = OperationLedger.Empty;
}
