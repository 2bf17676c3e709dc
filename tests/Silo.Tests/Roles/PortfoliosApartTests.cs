using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>A running agent with two portfolios: each is shown and commanded separately.</summary>
public sealed class PortfoliosApartTests : IAsyncLifetime
{
    private static readonly KeyValuePair<string, string?>[] Second =
    [
        .. RunningAgent.Restless,
        new("Agent:Portfolios:1:Id", "second"),
        new("Agent:Portfolios:1:QuoteAsset", "USDT"),
        new("Agent:Portfolios:1:InitialBalances:USDT", "50000"),
        new("Agent:Strategies:1:Name", "other"),
        new("Agent:Strategies:1:Model", "ema-cross"),
        new("Agent:Strategies:1:Instrument", "BINANCE:BTCUSDT"),
        new("Agent:Strategies:1:Portfolio", "second"),
        new("Agent:Strategies:1:Parameters:fast", "1"),
        new("Agent:Strategies:1:Parameters:slow", "2"),
    ];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-portfolios-");
    private RunningAgent? _agent;

    private RunningAgent Agent => _agent ?? throw new InvalidOperationException("the agent is not started");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _agent = await RunningAgent.StartAsync(_folder.FullName, Second);

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Halt_OfOnePortfolio_LeavesTheOtherTrading()
    {
        await Eventually.TrueAsync("both trade", async () => await OrdersOf("main") > 0 && await OrdersOf("second") > 0, Limit);

        var halted = await Command("halt", """{ "reason": "only this one", "portfolio": "second" }""");
        Assert.Equal(("active", "halted"), Modes(halted));
        var (main, second) = (await OrdersOf("main"), await OrdersOf("second"));
        await Eventually.TrueAsync("the other one trades on", async () => await OrdersOf("main") > main + 2, Limit);
        Assert.Equal(second, await OrdersOf("second"));

        Assert.Equal(("active", "active"), Modes(await Command("resume", """{ "reason": "it may trade", "portfolio": "second" }""")));
        Assert.Equal(("halted", "halted"), Modes(await Command("halt", """{ "reason": "all of them" }""")));
        Assert.Equal(("active", "halted"), Modes(await Command("resume", """{ "reason": "one of them", "portfolio": "main" }""")));
    }

    [Fact]
    public async Task Decisions_OfOnePortfolio_AreItsOwn()
    {
        await Eventually.TrueAsync("it decides", async () => (await Summaries("second")).Count > 0, Limit);
        Assert.All(await Summaries("second"), portfolio => Assert.Equal("second", portfolio));
    }

    [Theory]
    [InlineData("halt", """{ "reason": "which one", "portfolio": "third" }""", 404, "main, second")]
    [InlineData("halt", """{ "reason": "which one", "portfoli": "second" }""", 400, "portfoli")]
    [InlineData("arm", """{ "reason": "which one", "portfolio": "second" }""", 400, "leave out 'portfolio'")]
    public async Task Command_PortfolioItCannotApplyTo_IsRefused(string command, string body, int status, string expected)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Agent.Http.PostAsync($"/api/v1/control/{command}", content, Cancelled);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(
            expected, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<int> OrdersOf(string portfolio) =>
        (await Agent.GetAsync($"/api/v1/orders?portfolio={portfolio}&limit=500")).GetArrayLength();

    private async Task<List<string?>> Summaries(string portfolio) =>
        [.. (await Agent.GetAsync($"/api/v1/decisions/summaries?portfolio={portfolio}")).EnumerateArray().Select(d => d.GetProperty("portfolio").GetString())];

    private async Task<JsonElement> Command(string command, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await Agent.Http.PostAsync($"/api/v1/control/{command}", content, Cancelled);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }

    private static (string?, string?) Modes(JsonElement status)
    {
        var breakers = status.GetProperty("breakers");
        return (breakers.GetProperty("main").GetProperty("mode").GetString(), breakers.GetProperty("second").GetProperty("mode").GetString());
    }
}
