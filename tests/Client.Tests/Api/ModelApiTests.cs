using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Tests.Api;

/// <summary>The models' endpoints and the explanation of decisions, over real HTTP.</summary>
public sealed class ModelApiTests : IAsyncLifetime, IDecisionJournal
{
    private readonly RegistryDouble _grains = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-client-");
    private Decision? _decision;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOperatorGateway(new AgentIdentity("1", "v", "paper", default), _folder.FullName);
        builder.Services.AddSingleton(_grains.Factory());
        builder.Services.AddSingleton<IDecisionJournal>(this);
        builder.Services.Configure<AgentOptions>(o => o.Strategies =
            [new StrategyOptions { Name = "s", Model = "lightgbm", Instrument = "BINANCE:BTCUSDT", Portfolio = "main" }]);
        _app = builder.Build();
        _app.UseOperatorGateway();
        _app.MapOperatorGateway();
        await _app.StartAsync(Cancelled);
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _http = new HttpClient { BaseAddress = new Uri(address) };
        _http.DefaultRequestHeaders.Add("X-Operator-Key", _app.Services.GetRequiredService<OperatorKey>().Text);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Upload_MoreThanMayWait_IsRefusedAndTheOthersAreTaken()
    {
        // Expects 100-continue before the body, so that a refusal arrives although the body has no end yet.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var http = new HttpClient(handler) { BaseAddress = _http.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Operator-Key", _app.Services.GetRequiredService<OperatorKey>().Text);
        http.DefaultRequestHeaders.ExpectContinue = true;
        var bodies = Enumerable.Range(0, GatewayLimits.UploadsWaiting + 2).Select(_ => new Pipe()).ToList();
        var answers = bodies.Select(body => http.PostAsync("/api/v1/models?strategy=s", new StreamContent(body.Reader.AsStream()), Cancelled)).ToList();

        var refused = await Task.WhenAny(answers);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await refused).StatusCode);
        Assert.Contains("one at a time", await (await refused).Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);

        foreach (var body in bodies)
        {
            await body.Writer.CompleteAsync();
        }

        Assert.Equal(bodies.Count - 1, (await Task.WhenAll(answers)).Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Upload_Artefact_IsListedWithWhereItMayGo()
    {
        var view = await SucceedAsync(await UploadAsync("PKalpha"));

        Assert.Equal("candidate", view.GetProperty("model").GetProperty("stage").GetString());
        _grains.Shadow = "alpha";
        var listed = Assert.Single((await GetAsync("models")).EnumerateArray());
        Assert.Equal(["shadow", "champion", "retired"], listed.GetProperty("canBecome").EnumerateArray().Select(s => s.GetString()));
        var run = Assert.Single(listed.GetProperty("runs").EnumerateArray());
        Assert.False(run.GetProperty("trades").GetBoolean());
        Assert.Equal(3, run.GetProperty("counters").GetProperty("agreed").GetInt64());
        Assert.Equal(0.61, (await GetAsync("models/alpha")).GetProperty("model").GetProperty("description").GetProperty("metrics").GetProperty("auc").GetDouble());
    }

    [Theory]
    [InlineData("garbage", "?strategy=s", "not a zip")]
    [InlineData("", "?strategy=s", "body is empty")]
    [InlineData("PKalpha", "", "one of s")]
    public async Task Upload_Bad_IsRefusedWithTheReason(string body, string query, string reason) =>
        await FailAsync(HttpStatusCode.BadRequest, reason, await UploadAsync(body, query));

    [Fact]
    public async Task Upload_TooLarge_IsRefused()
    {
        // The refusal comes before the body, however long it takes.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var http = new HttpClient(handler) { BaseAddress = _http.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Operator-Key", _app.Services.GetRequiredService<OperatorKey>().Text);
        using var content = new ByteArrayContent(new byte[(64 * 1024 * 1024) + 1]);
        content.Headers.ContentType = new("application/zip");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/models?strategy=s") { Content = content };
        request.Headers.ExpectContinue = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await http.SendAsync(request, Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("alpha", """{"stage":"shadow","reason":"try it"}""", HttpStatusCode.OK, "")]
    [InlineData("alpha", """{"stage":"canary","reason":"try it"}""", HttpStatusCode.Conflict, "it can become shadow")]
    [InlineData("alpha", """{"stage":"king","reason":"try it"}""", HttpStatusCode.BadRequest, "")]
    [InlineData("alpha", """{"stage":9,"reason":"try it"}""", HttpStatusCode.BadRequest, "one of candidate")]
    [InlineData("alpha", """{"reason":"try it"}""", HttpStatusCode.BadRequest, "one of candidate")]
    [InlineData("alpha", """{"stage":"shadow"}""", HttpStatusCode.BadRequest, "reason needs")]
    [InlineData("alpha", """{"stage":"champion","reason":"try it","override":{"person":"Ada","reason":"a trial"}}""", HttpStatusCode.OK, "")]
    [InlineData("alpha", """{"stage":"champion","reason":"try it","override":{"reason":"a trial"}}""", HttpStatusCode.BadRequest, "override.person needs")]
    [InlineData("alpha", """{"stage":"champion","reason":"try it","override":{"person":"Ada"}}""", HttpStatusCode.BadRequest, "override.reason needs")]
    [InlineData("beta", """{"stage":"shadow","reason":"try it"}""", HttpStatusCode.NotFound, "'beta'")]
    public async Task Move_Request_IsAnswered(string id, string body, HttpStatusCode status, string detail)
    {
        await UploadAsync("PKalpha");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await _http.PostAsync($"/api/v1/models/{id}/stage", content, Cancelled);
        if (status != HttpStatusCode.OK)
        {
            await FailAsync(status, detail, answer);
            return;
        }

        var moved = (await SucceedAsync(answer)).GetProperty("model").GetProperty("moves")[0];
        var isOverridden = body.Contains("override", StringComparison.Ordinal);
        Assert.Equal(isOverridden ? "Ada" : null, isOverridden ? moved.GetProperty("override").GetProperty("person").GetString() : null);
        Assert.Equal(("operator", "try it"), (moved.GetProperty("operator").GetString(), moved.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Models_WithoutKey_AreNeitherShownNorChanged()
    {
        using var http = new HttpClient { BaseAddress = _http.BaseAddress };
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("PKalpha"));
        content.Headers.ContentType = new("application/zip");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/models", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsync("/api/v1/models?strategy=s", content, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsJsonAsync("/api/v1/models/a/stage", new { stage = "shadow", reason = "abc" }, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Decision_OfARegisteredModel_ShowsWhatEachFeatureAdded()
    {
        await UploadAsync("PKalpha");
        var schema = FeatureSchema.Create(new FeatureOptions());
        _decision = DecisionOf("alpha", "h", schema.Hash);

        var explanation = (await GetAsync("decisions/1")).GetProperty("explanation");

        Assert.Equal(0.5, explanation.GetProperty("baseline").GetDouble());
        Assert.Equal(
            [("spread_bps", schema.IndexOf("spread_bps")), ("ofi_15s", schema.IndexOf("ofi_15s"))],
            explanation.GetProperty("contributions").EnumerateArray()
                .Select(c => (c.GetProperty("name").GetString()!, (int)c.GetProperty("contribution").GetDouble())));
    }

    [Theory]
    [InlineData("ema-cross(10,20)", "h", 0, "is a rule")]
    [InlineData("none", "none", 0, "no model scored")]
    [InlineData("gone", "h", 0, "no longer registered")]
    [InlineData("alpha", "h2", 0, "a different hash or schema")]
    [InlineData("alpha", "h", 1, "a different hash or schema")]
    public async Task Decision_OfNoRegisteredModel_SaysWhyAndAsksNoModel(string model, string hash, int schemaOff, string reason)
    {
        await UploadAsync("PKalpha");
        _decision = DecisionOf(model, hash, FeatureSchema.Create(new FeatureOptions()).Hash + (ulong)schemaOff);

        var view = await GetAsync("decisions/1");

        Assert.Equal(JsonValueKind.Null, view.GetProperty("explanation").ValueKind);
        Assert.Contains(reason, view.GetProperty("noExplanation").GetString(), StringComparison.Ordinal);
        Assert.Empty(_grains.Explained);
    }

    Task<Decision?> IDecisionJournal.FindAsync(DecisionId id, CancellationToken cancellationToken) => Task.FromResult(_decision);

    Task<IReadOnlyList<Decision>> IDecisionJournal.ListAsync(int limit, bool onlyWithOrders, string? portfolio, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static async Task<JsonElement> SucceedAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task FailAsync(HttpStatusCode status, string detail, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Each feature's value is its index in the schema.</summary>
    private static Decision DecisionOf(string model, string modelHash, ulong schemaHash) => new()
    {
        Id = new DecisionId("1"),
        Portfolio = "main",
        Sample = new FeatureSample
        {
            Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
            EventTime = new Timestamp(1),
            ReceiveTime = new Timestamp(1),
            LastSequence = 1,
            SchemaHash = schemaHash,
            Values = [.. Enumerable.Range(0, FeatureSchema.Create(new FeatureOptions()).Count).Select(i => (float)i)],
            IsWarm = true,
            Quote = default,
            BookInSync = true,
            LastEventTime = new Timestamp(1),
            ClosedBars = [],
        },
        Signal = new Signal
        {
            Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
            Strategy = "s",
            EventTime = new Timestamp(1),
            ModelId = model,
            ModelHash = modelHash,
            Direction = SignalDirection.Flat,
            Score = 0,
            Confidence = 0,
            ExpectedMoveBps = double.NaN,
            Refusals = [],
        },
        Risk = new RiskDecision
        {
            Decision = new DecisionId("1"),
            Outcome = RiskOutcome.Hold,
            Checks = ImmutableArray<RiskCheck>.Empty,
            TargetPosition = 0,
            CurrentPosition = 0,
            Breaker = RiskState.Initial.Breaker,
            Summary = "",
        },
    };

    private Task<HttpResponseMessage> UploadAsync(string body, string query = "?strategy=s")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new("application/zip");
        return _http.PostAsync($"/api/v1/models{query}", content, Cancelled);
    }

    private async Task<JsonElement> GetAsync(string path) => await SucceedAsync(await _http.GetAsync($"/api/v1/{path}", Cancelled));
}
