using BtcAgent.Client.Grpc;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Rpc;

/// <summary>One agent that trades against the embedded venue, with a port for gRPC.</summary>
public sealed class RpcAgentFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-rpc-");

    internal RunningAgent Agent { get; private set; } = null!;

    internal OperatorClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Agent = await RunningAgent.StartAsync(_folder.FullName, [.. RunningAgent.Restless, new("Gateway:GrpcPort", "0")]);
        Client = new OperatorClient(new OperatorClientOptions { Address = Agent.GrpcAddress, Key = Agent.Key, Deadline = TimeSpan.FromSeconds(60) });
        await Eventually.TrueAsync(
            "a filled order",
            async () => (await Agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32() > 0,
            TimeSpan.FromSeconds(40));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Agent.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
