using System.Globalization;
using System.Text.Json;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Models;

/// <summary>A strategy in a folder, compiled by the agent at its start.</summary>
public sealed class CompiledStrategyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-silo-strategy-");

    private string Strategies => Path.Combine(_folder.FullName, "strategies");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_StrategyOfTheFolder_TradesOnPaperAndSignsWithItsSource()
    {
        Write("return bar.Close >= bar.Open ? Long($\"up {bar.TradeCount}\") : Flat(\"down\");");
        await using var agent = await RunningAgent.StartAsync(Path.Combine(_folder.FullName, "data"), Settings());

        await Eventually.TrueAsync(
            "a filled order",
            async () => (await agent.GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio").GetProperty("fillCount").GetInt32() > 0,
            TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync("a journalled order", async () => (await Ordered(agent)).Any(), TimeSpan.FromSeconds(30));
        var signal = (await Ordered(agent)).First().GetProperty("signal");

        Assert.Equal("last-bar(1)", signal.GetProperty("modelId").GetString());
        Assert.Matches("^last-bar\\(1\\)@[0-9a-f]{12}$", signal.GetProperty("modelHash").GetString()!);
        Assert.Matches("^(up [0-9]+|down)$", signal.GetProperty("reason").GetString()!);
    }

    /// <summary>The strategy counts its bars; a count that starts again at 1 was forgotten.</summary>
    [Fact]
    public async Task Restart_StrategyOfTheFolder_ContinuesFromItsState()
    {
        Write("_bars++; return Flat($\"{_bars} bars\");", "private int _bars;", "writer.Write(_bars);", "_bars = reader.ReadInt();");
        var data = Path.Combine(_folder.FullName, "data");
        JsonElement before;
        await using (var agent = await RunningAgent.StartAsync(data, Settings()))
        {
            before = await NewestAsync(agent, signal => BarsOf(signal) >= 5);
        }

        JsonElement after;
        await using (var agent = await RunningAgent.StartAsync(data, Settings()))
        {
            after = await NewestAsync(agent, signal => string.CompareOrdinal(TimeOf(signal, "eventTime"), TimeOf(before, "eventTime")) > 0 && BarsOf(signal) > 0);
        }

        Assert.Equal(TimeOf(before, "modelSince"), TimeOf(after, "modelSince"));
        Assert.True(after.GetProperty("modelSamples").GetInt64() > before.GetProperty("modelSamples").GetInt64(), $"{before} {after}");
        Assert.True(BarsOf(after) >= BarsOf(before), $"{before} {after}");

        Write("_bars++; return Flat($\"{_bars} new bars\");", "private int _bars;", "writer.Write(_bars);", "_bars = reader.ReadInt();");
        await using (var agent = await RunningAgent.StartAsync(data, Settings()))
        {
            var changed = await NewestAsync(agent, signal => string.CompareOrdinal(TimeOf(signal, "eventTime"), TimeOf(after, "eventTime")) > 0);

            Assert.NotEqual(after.GetProperty("modelHash").GetString(), changed.GetProperty("modelHash").GetString());
            Assert.True(string.CompareOrdinal(TimeOf(changed, "modelSince"), TimeOf(after, "eventTime")) > 0, $"{after} {changed}");
        }
    }

    [Fact]
    public async Task Start_StrategyThatDoesNotCompile_EndsWithFileAndLine()
    {
        Write("return Long(1);");

        var said = await FailAsync(VenueKind.Simulator);

        Assert.Contains($"Agent:StrategyFolder: strategy {Strategies}/LastBar.cs does not compile:", said, StringComparison.Ordinal);
        Assert.Contains($"{Strategies}/LastBar.cs(6,", said, StringComparison.Ordinal);
        Assert.Contains("btcagent strategy check", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StrategyThatReadsFiles_IsRefused()
    {
        Write("return Flat(System.IO.File.ReadAllText(\"/etc/hostname\"));");

        Assert.Contains("LastBar.cs(6,21): System.IO.File is not allowed", await FailAsync(VenueKind.Simulator), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VenueKind.BinanceLive)]
    [InlineData(VenueKind.BinanceTestnet)]
    public async Task Start_RealOrdersAndNotNamed_IsRefusedWithTheNameToAdd(VenueKind venue)
    {
        Write("return Flat(\"never\");");

        var said = await FailAsync(venue);

        Assert.Contains($"would send real orders as {Strategies}/LastBar.cs decides, which Agent:LiveStrategies does not name", said, StringComparison.Ordinal);
        Assert.Matches("add 'last-bar@[0-9a-f]{12}' to Agent:LiveStrategies", said);
        Assert.Contains(
            "would send real orders", await FailAsync(venue, new KeyValuePair<string, string?>("Agent:LiveStrategies:0", "last-bar@0123456789ab")), StringComparison.Ordinal);
        Assert.Contains("would send real orders", await FailAsync(venue, new KeyValuePair<string, string?>("Agent:LiveStrategies:0", "last-bar@")), StringComparison.Ordinal);
    }

    /// <summary>Once it is named, only the key of the account is missing.</summary>
    [Fact]
    public async Task Start_RealOrdersAndNamed_PassesThisCheck()
    {
        Write("return Flat(\"never\");");
        var refused = await FailAsync(VenueKind.BinanceTestnet);
        var liveName = refused.Split("add '")[1].Split('\'')[0];

        foreach (var named in new[] { "last-bar", liveName })
        {
            Assert.Contains("ApiKey", await FailAsync(VenueKind.BinanceTestnet, new KeyValuePair<string, string?>("Agent:LiveStrategies:0", named)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_LiveStrategyThatIsNotInTheFolder_IsRefused()
    {
        Write("return Flat(\"never\");");

        Assert.Contains(
            "Agent:LiveStrategies: 'last-barr' is not a strategy of Agent:StrategyFolder",
            await FailAsync(VenueKind.Simulator, new KeyValuePair<string, string?>("Agent:LiveStrategies:0", "last-barr")),
            StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<JsonElement>> Ordered(RunningAgent agent) =>
        (await agent.GetAsync("/api/v1/decisions?limit=1&onlyWithOrders=true")).EnumerateArray();

    private static int BarsOf(JsonElement signal) =>
        signal.GetProperty("reason").GetString() is { } reason ? int.Parse(reason.Split(' ')[0], CultureInfo.InvariantCulture) : 0;

    private static string TimeOf(JsonElement signal, string name) => signal.GetProperty(name).ToString();

    /// <summary>The newest journalled signal, once it is as wanted.</summary>
    private static async Task<JsonElement> NewestAsync(RunningAgent agent, Func<JsonElement, bool> isWanted)
    {
        JsonElement? newest = null;
        await Eventually.TrueAsync(
            "a decision of the strategy",
            async () =>
            {
                newest = (await agent.GetAsync("/api/v1/decisions?limit=1")).EnumerateArray().Select(d => (JsonElement?)d.GetProperty("signal")).FirstOrDefault();
                return newest is { } signal && isWanted(signal);
            },
            TimeSpan.FromSeconds(60));
        return newest!.Value;
    }

    private void Write(string onBar, string members = "", string save = "", string load = "")
    {
        Directory.CreateDirectory(Strategies);
        File.WriteAllText(Path.Combine(Strategies, "LastBar.cs"), $$"""
            public sealed class LastBar([Parameter(1, 60, "seconds of a bar")] int barSeconds = 1) : BarStrategy(barSeconds)
            {
                {{members}}
                protected override StrategySignal OnBar(in Bar bar)
                {
                    {{onBar}}
                }
                protected override void SaveState(StateWriter writer) { {{save}} }
                protected override void LoadState(StateReader reader) { {{load}} }
            }
            """);
    }

    private KeyValuePair<string, string?>[] Settings(params KeyValuePair<string, string?>[] more) =>
    [
        new("Agent:StrategyFolder", Strategies),
        new("Agent:Strategies:0:Model", "last-bar"),
        new("Agent:Signals:CoolDownMs", "0"),
        new("Logging:LogLevel:Default", "Warning"),
        .. more,
    ];

    private async Task<string> FailAsync(VenueKind venue, params KeyValuePair<string, string?>[] more)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => AgentHost.Build(new AgentSettings
        {
            Venue = venue,
            Port = 0,
            DataFolder = Path.Combine(_folder.FullName, "data"),
            Overrides = [.. Settings(more)],
        }).StartAsync(TestContext.Current.CancellationToken));
        return StartupProblems.Explain(error) ?? error.ToString();
    }
}
