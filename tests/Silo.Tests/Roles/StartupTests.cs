using System.Net;
using System.Net.Sockets;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>A failed start prints one line with the reason and the remedy.</summary>
public sealed class StartupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-startup-");

    private static readonly KeyValuePair<string, string?>[] Credentials =
        [new("BinanceTrading:ApiKey", "key"), new("BinanceTrading:SecretKey", "secret")];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_PortInUse_NamesPortAndRemedy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Assert.Contains($"port {port} on 127.0.0.1 cannot be used", await FailAsync(new AgentSettings { Port = port }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_GrpcPortInUse_NamesSettingAndRemedy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var said = await FailAsync(new AgentSettings { Port = 0, Overrides = [new("Gateway:GrpcPort", $"{port}")] });
        Assert.Contains($"port {port} on 127.0.0.1 cannot be used", said, StringComparison.Ordinal);
        Assert.Contains("set Gateway:GrpcPort to another one", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataFolderBelowAFile_NamesFolderAndRemedy()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var said = await FailAsync(new AgentSettings { Port = 0 }, Path.Combine(file, "data"));
        Assert.Contains("data folder", said, StringComparison.Ordinal);
        Assert.Contains("--data DIR", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Agent:Limits:MaxSpreadBps", "-1", "Agent:Limits:MaxSpreadBps is '-1' (--set): expected ")]
    [InlineData("Agent:SnapshotSeconds", "99999999999", "Agent:SnapshotSeconds is '99999999999' (--set): expected 1…3600")]
    [InlineData("Agent:SnapshotSeconds", "0.9", "Agent:SnapshotSeconds is '0.9' (--set): expected 1…3600")]
    [InlineData("Agent:Paper:Seed", "-1", "Agent:Paper:Seed is '-1' (--set): a whole number (0…18446744073709551615)")]
    [InlineData("Agent:Strategies:0:Model", "magic", "unknown model 'magic': there are ema-cross, flow-momentum, flow-trend")]
    [InlineData("Agent:Strategies:0:Parameters:speed", "1", "no parameter 'speed'")]
    [InlineData("Agent:Strategies:0:Portfolio", "other", "portfolio 'other' is not in Agent:Portfolios")]
    [InlineData("Agent:Instruments:0", "btcusdt", "'btcusdt' is not VENUE:SYMBOL")]
    [InlineData("Agent:Features:SampleIntervalMs", "150", "not a multiple of 100")]
    [InlineData("Agent:Limits:MaxSpredBps", "5", "Agent:Limits:MaxSpredBps (--set): unknown setting: did you mean Agent:Limits:MaxSpreadBps?")]
    [InlineData("Agent:Limits:MaxSpreadBps", "narrow", "Agent:Limits:MaxSpreadBps is 'narrow' (--set): a number")]
    [InlineData("Gateway:GrpcPort", "65536", "Gateway:GrpcPort is '65536' (--set): expected 0…65535")]
    [InlineData("Cluster:SiloPort", "eleven", "Cluster:SiloPort is 'eleven' (--set): a whole number")]
    public async Task Start_WrongSetting_NamesItAndTheRemedy(string key, string value, string expected) =>
        Assert.Contains(expected, await FailAsync(new AgentSettings { Port = 0, Overrides = [new(key, value)] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("Agent:Limits:MaxSpredBps", "5")]
    [InlineData("Agent:Limits:MaxSpreadBps", "narrow")]
    [InlineData("Agent:Limits:MaxSpreadBps", "-1")]
    public async Task Run_WrongSetting_EndsWithUsageBeforeAnythingIsMade(string key, string value)
    {
        var data = Path.Combine(_folder.FullName, "never");
        var settings = new AgentSettings { Port = 0, DataFolder = data, Overrides = [new(key, value)] };
        Assert.Equal(ExitCodes.Usage, await AgentHost.RunAsync(settings, TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(data));
    }

    /// <summary>Rules between settings are known to the validators alone, which the host runs too, and logs with a stack trace.</summary>
    [Theory]
    [InlineData("Agent:Strategies:0:Portfolio=other", "portfolio 'other' is not in Agent:Portfolios")]
    [InlineData("Agent:Sizing:Fraction=11", "Agent:Sizing:Fraction is '11' (--set): expected 0…10")]
    public async Task Program_WrongSetting_SaysOneLineAndEnds(string setting, string expected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var agent = new AgentProgram(_folder.FullName, "--set", setting);

        Assert.Equal(ExitCodes.Usage, await agent.WaitUntilEndedAsync(limit.Token));

        var line = Assert.Single(agent.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith("btcagent: settings: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DamagedOperatorKey_NamesTheFile()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "operator.key"), "damaged", TestContext.Current.CancellationToken);
        Assert.Contains("does not contain an operator key: delete it", await FailAsync(new AgentSettings { Port = 0 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VenueKind.BinanceLive, "Binance:RestBaseAddress", "http://api.binance.com", "use https://")]
    [InlineData(VenueKind.BinanceLive, "Binance:StreamBaseAddress", "ws://127.0.0.1:9443", "use wss://")]
    [InlineData(VenueKind.BinanceLive, "BinanceTrading:WebSocketApiAddress", "ws://127.0.0.1/ws-api/v3", "use wss://")]
    [InlineData(VenueKind.BinanceTestnet, "Binance:RestBaseAddress", "http://127.0.0.1:80", "Binance:Simulated=true for a simulator")]
    [InlineData(VenueKind.BinanceTestnet, "BinanceTrading:WebSocketApiAddress", "ws://127.0.0.1/ws-api/v3", "use wss://")]
    [InlineData(VenueKind.BinanceLive, "Binance:Simulated", "true", "is not allowed with --venue binance-live")]
    public async Task Start_OrdersOverAPlainConnection_IsRefused(VenueKind venue, string key, string value, string expected)
    {
        var settings = new AgentSettings { Port = 0, Venue = venue, Overrides = [.. Credentials, new(key, value)] };
        var said = await FailAsync(settings);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Contains(key, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderInUse_SecondAgentIsRefused()
    {
        await using var first = await RunningAgent.StartAsync(_folder.FullName, RunningAgent.Restless);
        Assert.Contains("another BtcAgent", await FailAsync(new AgentSettings { Port = 0 }), StringComparison.Ordinal);
    }

    private async Task<string> FailAsync(AgentSettings settings, string? folder = null)
    {
        settings = settings with { DataFolder = folder ?? _folder.FullName };
        var failure = await Record.ExceptionAsync(async () =>
        {
            await using var app = AgentHost.Build(settings);
            await app.StartAsync(TestContext.Current.CancellationToken);
        });
        Assert.NotNull(failure);
        var explained = StartupProblems.Explain(failure);
        Assert.True(explained is not null, $"not explained: {failure}");
        Assert.DoesNotContain('\n', explained);
        return explained;
    }
}
