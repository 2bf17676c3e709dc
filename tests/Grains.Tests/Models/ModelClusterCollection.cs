namespace BtcAgent.Grains.Tests.Models;

[CollectionDefinition(Name)]
public sealed class ModelClusterCollection : ICollectionFixture<ModelCluster>
{
    public const string Name = "model cluster";
}
