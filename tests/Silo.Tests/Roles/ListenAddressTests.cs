using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The host names that the agent accepts, by its listen address.</summary>
public sealed class ListenAddressTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-listen-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("10.1.2.3", new[] { "localhost", "127.0.0.1", "[::1]", "10.1.2.3" })]
    [InlineData("fd00::1", new[] { "localhost", "127.0.0.1", "[::1]", "[fd00::1]" })]
    [InlineData("127.0.0.1", new[] { "localhost", "127.0.0.1", "[::1]" })]
    [InlineData("0.0.0.0", new[] { "localhost", "127.0.0.1", "[::1]" })]
    public async Task Build_ListensOnAnAddress_AnswersToItAndToNoOther(string listen, string[] names)
    {
        await using var app = AgentHost.Build(new AgentSettings { Port = 0, Listen = listen, DataFolder = _folder.FullName });

        Assert.Equal(names, app.Services.GetRequiredService<IOptions<HostFilteringOptions>>().Value.AllowedHosts);
    }
}
