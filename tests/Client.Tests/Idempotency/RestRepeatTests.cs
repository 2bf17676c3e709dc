using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Idempotency;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Idempotency;

/// <summary>Commands of REST with an idempotency key.</summary>
public sealed class RestRepeatTests
{
    private const string Halt = "/api/v1/control/halt";
    private const string Resume = "/api/v1/control/resume";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Halt, 1)]
    [InlineData(Resume, 2)]
    public async Task Command_Repeated_ActsOnceAndAnswersAlike(string path, int entries)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        var first = await SendAsync(http, path, "k1");
        var second = await SendAsync(http, path, "k1");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, 1), (first.StatusCode, second.StatusCode, gateway.Commands));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancelled), await second.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains(IdempotencyKey.ReplayedHeader));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues(IdempotencyKey.ReplayedHeader)));
        Assert.Equal(entries, gateway.Audit.Entries.Count);

        await SendAsync(http, path, "k2");
        Assert.Equal(2, gateway.Commands);
    }

    [Fact]
    public async Task Command_RepeatedAtOnceAtTwoGateways_ActsOnce()
    {
        const int Repeats = 100;
        await using var left = await GatewayUnderTest.StartAsync();
        await using var right = await GatewayUnderTest.StartAsync();
        right.Records = left.Records;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        left.HoldCommands = right.HoldCommands = () => release.Task;
        using var first = left.NewClient(left.Key);
        using var second = right.NewClient(right.Key);
        var answers = Enumerable.Range(0, Repeats).Select(i => SendAsync(i % 2 == 0 ? first : second, Resume, "same")).ToList();
        await Eventually.TrueAsync(
            "one acts, the others wait", () => Task.FromResult(left.Records.Waiting >= Repeats / 2), TimeSpan.FromSeconds(30));
        release.SetResult();
        var all = await Task.WhenAll(answers);

        Assert.All(all, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single((await Task.WhenAll(all.Select(answer => answer.Content.ReadAsStringAsync(Cancelled)))).Distinct());
        Assert.Equal(1, left.Commands + right.Commands);
        Assert.Equal([AuditOutcome.Requested, AuditOutcome.Done], left.Audit.Entries.Concat(right.Audit.Entries).Select(entry => entry.Outcome));
    }

    [Fact]
    public async Task Key_WithAnotherBodyOrRoute_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        await SendAsync(http, Halt, "k1");
        var other = await SendAsync(http, Halt, "k1", new { reason = "another reason" });
        var route = await SendAsync(http, Resume, "k1");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (other.StatusCode, route.StatusCode));
        Assert.Equal(
            "urn:btcagent:problem:idempotency-key-reused", (await other.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("type").GetString());
        Assert.Equal(1, gateway.Commands);
    }

    [Fact]
    public async Task Key_OfAnotherCaller_IsAnotherCommand()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var operatorClient = gateway.NewClient(gateway.Key);
        using var trader = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.Trader));
        await SendAsync(operatorClient, Halt, "k1");
        await SendAsync(trader, Halt, "k1");

        Assert.Equal(2, gateway.Commands);
    }

    [Theory]
    [InlineData("")]
    [InlineData("naïve")]
    [InlineData(null)]
    public async Task Key_Invalid_IsRefusedAndNothingIsDone(string? key)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.Key);
        var answer = await SendAsync(http, Halt, key ?? new string('k', IdempotencyKey.LengthMax + 1));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, gateway.Commands);
    }

    [Fact]
    public async Task Caller_Forbidden_LeavesNoRecord()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var viewer = gateway.NewClient(gateway.Keys.Issue("vera", AccessRole.Viewer));
        using var other = gateway.NewClient(gateway.Keys.Issue("otto", AccessRole.Trader, new AccessScope { Portfolios = ["other"] }));

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(viewer, Halt, "k1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(other, Halt, "k1", new { reason = "a drill", portfolio = "main" })).StatusCode);
        Assert.Empty(gateway.Records.Book.Records);
    }

    [Fact]
    public async Task Request_Invalid_LeavesTheKeyForTheCorrectedOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(http, Halt, "k1", new { reason = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(http, Halt, "k1", new { reasons = 1 })).StatusCode);
        Assert.Empty(gateway.Records.Book.Records);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(http, Halt, "k1")).StatusCode);
    }

    [Fact]
    public async Task Command_Failed_IsCarriedOnByTheRepeatAsTheSameOperation()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        gateway.HoldCommands = () => throw new TimeoutException("no answer");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(http, Resume, "k1")).StatusCode);
        var operation = Assert.Single(gateway.Records.Book.Records).Value.Operation;
        gateway.HoldCommands = () => Task.CompletedTask;

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(http, Resume, "k1")).StatusCode);
        Assert.Equal([operation, operation], gateway.Operations);
        Assert.Equal(operation, Assert.Single(gateway.Records.Book.Records).Value.Operation);
    }

    [Fact]
    public async Task Command_GatewayEndsBeforeItAnswers_IsCarriedOnAndRecordedOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        gateway.Records.LosesAnswers = true;
        await SendAsync(http, Resume, "k1");
        gateway.Records.LosesAnswers = false;
        await gateway.Records.RestartAsync();
        await SendAsync(http, Resume, "k1");

        Assert.Equal(2, gateway.Operations.Count);
        Assert.Single(gateway.Operations.Distinct());
        Assert.Single(gateway.Audit.Entries, entry => entry.Outcome == AuditOutcome.Done);
    }

    [Fact]
    public async Task Repeat_WhileTheFirstIsUnderWay_IsAskedToComeAgain()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.HoldCommands = () => release.Task;
        var first = SendAsync(http, Resume, "k1");
        await Eventually.TrueAsync("the first has begun", () => Task.FromResult(gateway.Commands == 1), TimeSpan.FromSeconds(30));
        gateway.Time.Advance(TimeSpan.FromSeconds(5));
        var second = SendAsync(http, Resume, "k1");
        await Eventually.TrueAsync("the second waits", () => Task.FromResult(gateway.Records.Waiting == 1), TimeSpan.FromSeconds(30));
        var third = gateway.Records.Book.Records.Single();
        gateway.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(second.IsCompleted);
        Assert.Equal(CommandTurnKind.Busy, gateway.Records.Book.Begin(third.Key, third.Value.Fingerprint, new(0), default, default).Turn.Kind);
        var busy = await gateway.Records.Begin(third.Key, third.Value.Fingerprint, default, TimeSpan.Zero);
        Assert.Equal(CommandTurnKind.Busy, busy.Kind);
        release.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.True((await second).Headers.Contains(IdempotencyKey.ReplayedHeader));
        Assert.Equal(1, gateway.Commands);
    }

    [Fact]
    public async Task Records_CannotBeStored_StopsActAndOthersAreRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        gateway.Records.IsSilent = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(http, Resume, "k1")).StatusCode);
        Assert.Equal(0, gateway.Commands);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(http, Halt, "k2")).StatusCode);
        Assert.Equal(1, gateway.Commands);
        Assert.Contains(gateway.Log, line => line.Contains("halt is carried out without a record", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateKey_Repeated_ShowsTheSecretOnceAndStoresItNowhere()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        var wanted = new { name = "ada", role = "trader", reason = "new colleague" };
        var first = await (await SendAsync(http, "/api/v1/keys", "k1", wanted)).Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        var repeat = await SendAsync(http, "/api/v1/keys", "k1", wanted);
        var problem = await repeat.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

        Assert.Equal(HttpStatusCode.Conflict, repeat.StatusCode);
        Assert.Equal(first.GetProperty("key").GetProperty("id").GetString(), problem.GetProperty("keyId").GetString());
        Assert.DoesNotContain(first.GetProperty("secret").GetString()!.Split('_', 3)[2], JsonSerializer.Serialize(gateway.Records.Book), StringComparison.Ordinal);
        Assert.Single((await gateway.Keys.GetKeys()).Keys);
    }

    [Fact]
    public async Task Command_HeldForASecondPerson_IsHeldOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(agent => agent.MustBeArmed = true, ("Gateway:TwoPersonRule", "true"));
        using var http = gateway.NewClient(gateway.Key);
        var first = await SendAsync(http, "/api/v1/control/arm", "k1");
        var second = await SendAsync(http, "/api/v1/control/arm", "k1");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Single((await gateway.Confirmations.GetInbox()).Items);
    }

    [Fact]
    public async Task Sweep_EveryHour_RemovesWhatHasEnded()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:IdempotencyHours", "1"));
        using var http = gateway.NewClient(gateway.Key);
        await SendAsync(http, Halt, "k1");
        await Eventually.TrueAsync(
            "the record is gone",
            () =>
            {
                gateway.Time.Advance(TimeSpan.FromMinutes(30));
                return Task.FromResult(gateway.Records.Book.Records.IsEmpty);
            },
            TimeSpan.FromSeconds(30));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string path, string key, object? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { reason = "a drill" }) };
        request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, key);
        return await http.SendAsync(request, Cancelled);
    }
}
