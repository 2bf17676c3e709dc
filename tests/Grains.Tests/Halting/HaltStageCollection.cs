namespace BtcAgent.Grains.Tests.Halting;

/// <summary>One stage for all, and nothing beside it: the stage tells by the thread pool when its grains are at rest.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HaltStageCollection : ICollectionFixture<HaltStage>
{
    public const string Name = "halt stage";
}
