namespace BtcAgent.Cli.Tests.Operations;

/// <summary>Tests on one agent in its own process: they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class OperatedAgentCollection : ICollectionFixture<AgentFixture>
{
    public const string Name = "operated agent";
}
