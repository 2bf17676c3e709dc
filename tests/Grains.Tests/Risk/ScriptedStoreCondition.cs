using BtcAgent.Contracts.Health;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>A store with a scripted condition.</summary>
internal sealed class ScriptedStoreCondition : IStoreCondition
{
    public string? Problem { get; set; }
}
