namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// One stage for all tests, and no test beside it: the stage detects by the thread pool that its grains are idle.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HaltStageCollection : ICollectionFixture<HaltStage>
{
    public const string Name = "halt stage";
}
