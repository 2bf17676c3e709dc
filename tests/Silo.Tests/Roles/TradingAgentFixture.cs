namespace BtcAgent.Silo.Tests.Roles;

/// <summary>One agent that trades against the embedded venue, shared by read-only tests.</summary>
public sealed class TradingAgentFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-silo-");

    internal RunningAgent Agent { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Agent = await RunningAgent.StartAsync(_folder.FullName, RunningAgent.Restless);
        await BtcAgent.Testing.Eventually.TrueAsync(
            "a filled order",
            async () => (await Agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32() > 0,
            TimeSpan.FromSeconds(40));
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
