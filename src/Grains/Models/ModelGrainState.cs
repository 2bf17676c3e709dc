using BtcAgent.Domain.Models;

namespace BtcAgent.Grains.Models;

/// <summary>One registered model; both members are null before.</summary>
public sealed class ModelGrainState
{
    public ModelDescription? Description { get; set; }

    /// <summary>The artefact's zip.</summary>
    public byte[]? Artefact { get; set; }
}
