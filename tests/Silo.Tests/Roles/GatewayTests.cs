using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The gateway of a trading agent, over real HTTP.</summary>
public sealed class GatewayTests(TradingAgentFixture fixture) : IClassFixture<TradingAgentFixture>
{
    private readonly RunningAgent _agent = fixture.Agent;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/status")]
    [InlineData("/api/v1/instruments")]
    [InlineData("/api/v1/decisions/0123")]
    [InlineData("/metrics")]
    [InlineData("/dashboard")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/no/such/page")]
    public async Task Get_WithoutOrWithWrongKey_IsRefused(string path)
    {
        using var http = _agent.NewClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(path, Cancelled)).StatusCode);
        http.DefaultRequestHeaders.Add("X-Operator-Key", _agent.Key[..^1] + "!");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(path, Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("halt")]
    [InlineData("resume")]
    [InlineData("flatten")]
    public async Task Control_WithoutKey_IsRefused(string command)
    {
        using var http = _agent.NewClient();
        var answer = await http.PostAsJsonAsync($"/api/v1/control/{command}", new { reason = "not allowed" }, Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Refusal_Api_SaysHowToAuthenticate()
    {
        using var http = _agent.NewClient();
        var answer = await http.GetAsync("/api/v1/status", Cancelled);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Contains("operator.key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_RightKey_CookieOpensThePageAndChangesNothingFromElsewhere()
    {
        using var http = _agent.NewClient();
        using var form = new FormUrlEncodedContent([new("key", _agent.Key)]);
        var signIn = await http.PostAsync("/signin", form, Cancelled);
        Assert.Equal(HttpStatusCode.Redirect, signIn.StatusCode);
        var cookie = signIn.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_agent.Key, cookie, StringComparison.Ordinal);

        http.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        var page = await http.GetAsync("/", Cancelled);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/v1/control/halt");
        foreign.Headers.Add("Origin", "http://evil.example");
        foreign.Content = JsonContent.Create(new { reason = "from elsewhere" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(foreign, Cancelled)).StatusCode);

        using var own = new HttpRequestMessage(HttpMethod.Post, "/api/v1/control/resume");
        own.Headers.Add("Origin", _agent.Address.GetLeftPart(UriPartial.Authority));
        own.Content = JsonContent.Create(new { reason = "own page" });
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(own, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task SignIn_WrongKey_ShowsWhereTheKeyIs()
    {
        using var http = _agent.NewClient();
        using var form = new FormUrlEncodedContent([new("key", "guess")]);
        var answer = await http.PostAsync("/signin", form, Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("operator.key", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OtherHostName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        request.Headers.Host = "rebound.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await _agent.Http.SendAsync(request, Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_WithoutKey_IsOk(string path)
    {
        using var http = _agent.NewClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(path, Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("/assets/console.js", "text/javascript")]
    [InlineData("/assets/console.css", "text/css")]
    [InlineData("/", "text/html")]
    public async Task Console_Files_AreServed(string path, string type)
    {
        var answer = await _agent.Http.GetAsync(path, Cancelled);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.True((await answer.Content.ReadAsByteArrayAsync(Cancelled)).Length > 500);
    }

    [Fact]
    public async Task Status_Trading_TellsFeedBreakerAndLatency()
    {
        var status = await _agent.GetAsync("/api/v1/status");
        Assert.Equal("paper", status.GetProperty("mode").GetString());
        var feed = status.GetProperty("feeds").GetProperty("BINANCE:BTCUSDT");
        Assert.True(feed.GetProperty("isConnected").GetBoolean());
        Assert.Equal(0, feed.GetProperty("sequenceHoles").GetInt64());
        await Eventually.TrueAsync(
            "the silo has reported its latencies",
            async () => (await _agent.GetAsync("/api/v1/status")).GetProperty("latency").EnumerateArray()
                .Single(l => l.GetProperty("stage").GetString() == "tickToOrder").GetProperty("count").GetInt64() > 0,
            TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Instrument_Known_HasQuoteBookAndBars()
    {
        var view = await _agent.GetAsync("/api/v1/instruments/BINANCE:BTCUSDT?depth=5&bars=3");
        var market = view.GetProperty("market");
        Assert.True(decimal.Parse(market.GetProperty("lastPrice").GetString()!, System.Globalization.CultureInfo.InvariantCulture) > 1000);
        Assert.Equal("BTC", market.GetProperty("rules").GetProperty("baseAsset").GetString());
        Assert.True(view.GetProperty("book").GetProperty("inSync").GetBoolean());
        Assert.Equal(5, view.GetProperty("book").GetProperty("bids").GetArrayLength());
        Assert.InRange(market.GetProperty("bars").GetArrayLength(), 1, 3);
        Assert.Equal(1, (await _agent.GetAsync("/api/v1/instruments")).GetArrayLength());
    }

    [Theory]
    [InlineData("/api/v1/instruments/BINANCE:ETHUSDT", 404, "BINANCE:BTCUSDT")]
    [InlineData("/api/v1/instruments/BINANCE:BTCUSDT?depth=0", 400, "1…1000")]
    [InlineData("/api/v1/instruments/BINANCE:BTCUSDT?bars=-1", 400, "0…3600")]
    [InlineData("/api/v1/instruments/BINANCE:BTCUSDT?bars=many", 400, "bars")]
    [InlineData("/api/v1/portfolios/none", 404, "main")]
    [InlineData("/api/v1/orders?limit=1000", 400, "1…500")]
    [InlineData("/api/v1/orders?portfolio=none", 404, "main")]
    [InlineData("/api/v1/orders?instrument=X:Y", 404, "BINANCE:BTCUSDT")]
    [InlineData("/api/v1/signals?limit=0", 400, "1…500")]
    [InlineData("/api/v1/decisions?limit=501", 400, "1…500")]
    [InlineData("/api/v1/decisions/nothing", 404, "nothing")]
    public async Task Get_BadInput_NamesInputAndRemedy(string path, int status, string expected)
    {
        var answer = await _agent.Http.GetAsync(path, Cancelled);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(expected, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision_WithOrder_TellsWholeProvenance()
    {
        var listed = (await _agent.GetAsync("/api/v1/decisions?onlyWithOrders=true&limit=500")).EnumerateArray().Last();
        var id = listed.GetProperty("id").GetProperty("text").GetString();
        var view = await _agent.GetAsync($"/api/v1/decisions/{id}");
        var features = view.GetProperty("features").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        Assert.True(features.Count >= 40);
        Assert.Contains("sentiment_change", features.Keys);
        Assert.Equal(JsonValueKind.Number, features["spread_bps"].GetProperty("value").ValueKind);
        Assert.All(view.GetProperty("decision").GetProperty("risk").GetProperty("checks").EnumerateArray(), c => Assert.True(c.GetProperty("passed").GetBoolean()));
        Assert.Equal($"ba-{id}-0", view.GetProperty("order").GetProperty("intent").GetProperty("clientOrderId").GetString());
    }

    [Fact]
    public async Task DecisionSummaries_WithOrder_SayWhatTheDecisionSays()
    {
        var summary = (await _agent.GetAsync("/api/v1/decisions/summaries?onlyWithOrders=true&limit=500")).EnumerateArray().Last();
        var id = summary.GetProperty("id").GetString();
        var decision = (await _agent.GetAsync($"/api/v1/decisions/{id}")).GetProperty("decision");
        Assert.Equal($"ba-{id}-0", summary.GetProperty("clientOrderId").GetString());
        Assert.Equal(decision.GetProperty("signal").GetProperty("score").GetDouble(), summary.GetProperty("score").GetDouble());
        Assert.Equal(decision.GetProperty("risk").GetProperty("summary").GetString(), summary.GetProperty("why").GetString());
        Assert.Equal("approved", summary.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Get_ClientThatDecompresses_IsAnsweredCompressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/decisions/summaries");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await _agent.Http.SendAsync(request, Cancelled);
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
    }

    [Fact]
    public async Task Lists_Trading_HoldOrdersSignalsAndEquity()
    {
        Assert.True((await _agent.GetAsync("/api/v1/orders?portfolio=main&instrument=BINANCE:BTCUSDT")).GetArrayLength() > 0);
        Assert.True((await _agent.GetAsync("/api/v1/signals?limit=5")).GetArrayLength() > 0);
        Assert.Equal(1, (await _agent.GetAsync("/api/v1/portfolios")).GetArrayLength());
        Assert.True((await _agent.GetAsync("/api/v1/portfolios/main?equity=true")).GetProperty("equityCurve").GetArrayLength() > 0);
    }

    [Fact]
    public async Task OpenApi_Document_ListsEveryRoute()
    {
        var paths = (await _agent.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(p => p.Name).ToHashSet();
        string[] expected =
        [
            "/api/v1/status", "/api/v1/instruments", "/api/v1/instruments/{id}", "/api/v1/portfolios/{id}", "/api/v1/orders",
            "/api/v1/signals", "/api/v1/decisions/{id}", "/api/v1/control/halt", "/api/v1/control/resume", "/api/v1/control/flatten",
        ];
        Assert.Empty(expected.Except(paths));
    }

    [Fact]
    public async Task Metrics_Page_HoldsOursAndOrleans()
    {
        var metrics = await _agent.Http.GetStringAsync("/metrics", Cancelled);
        Assert.Contains("btcagent_decisions", metrics, StringComparison.Ordinal);
        Assert.Contains("orleans", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"reason\":\"\"}", 400)]
    [InlineData("{}", 400)]
    [InlineData("{\"reason\":", 400)]
    public async Task Control_WithoutReason_IsRefused(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        Assert.Equal(status, (int)(await _agent.Http.PostAsync("/api/v1/control/halt", content, Cancelled)).StatusCode);
    }
}
