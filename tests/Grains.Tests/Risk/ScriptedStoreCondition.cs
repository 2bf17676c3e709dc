using BtcAgent.Contracts.Health;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>A store that says what a scenario has it say.</summary>
internal sealed class ScriptedStoreCondition : IStoreCondition
{
    public string? Problem { get; set; }
}
