using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>Settings without which the role <c>optimizer</c> does not start, or a silo for it. No server runs.</summary>
public sealed class OptimizerRoleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-role-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Retraining:Enabled", "false", "--role optimizer: Retraining:Enabled is false: set it to true")]
    [InlineData("Retraining:Enabled", "true", "--role optimizer: it needs the history to train on: set History:Parquet:Store to the bucket or shared folder")]
    public void Build_NothingToDoOrToTrainOn_IsRefused(string key, string value, string reason) =>
        Assert.StartsWith(reason, Assert.Throws<StartupException>(() => Build(NodeRole.Optimizer, [new(key, value)])).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Build_FolderOfAnotherOptimizer_IsRefused()
    {
        await using var first = Build(NodeRole.Optimizer, History);

        var refused = Assert.Throws<EmbeddedStoreException>(() => Build(NodeRole.Optimizer, History));

        Assert.Contains("another", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The optimizer's grain is in a silo, which puts the space into each job.</summary>
    [Theory]
    [InlineData(NodeRole.Silo)]
    [InlineData(NodeRole.Optimizer)]
    public void Build_SearchSpaceMissing_IsRefused(NodeRole role)
    {
        var refused = Assert.Throws<OptionsValidationException>(
            () => Build(role, History, new("Retraining:Search:SpaceFile", Path.Combine(_folder.FullName, "none.json"))));

        Assert.Contains("Retraining:Search:SpaceFile", refused.Message, StringComparison.Ordinal);
    }

    private KeyValuePair<string, string?> History => new("History:Parquet:Store:Path", Path.Combine(_folder.FullName, "history"));

    private WebApplication Build(NodeRole role, params KeyValuePair<string, string?>[] settings) => AgentHost.Build(new AgentSettings
    {
        Role = role,
        Port = 0,
        DataFolder = Path.Combine(_folder.FullName, "data"),
        Overrides =
        [
            new("Cluster:Postgres", "Host=127.0.0.1;Port=1;Database=none"),
            new("Cluster:Development", "true"),
            new("Kafka:BootstrapServers", "127.0.0.1:1"),
            .. settings,
        ],
    });
}
