using BtcAgent.Domain.Models;

namespace BtcAgent.Grains.Models;

/// <summary>All models and their stages.</summary>
public sealed class ModelRegistryGrainState
{
    public ModelRoster Roster { get; set; } = ModelRoster.Empty;
}
