using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Access;
using BtcAgent.Domain.Audit;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Api;

/// <summary>With the two-person rule, nobody starts live trading or loosens a limit alone.</summary>
public sealed class TwoPersonTests
{
    private static readonly (string, string)[] On = [("Gateway:TwoPersonRule", "true")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arm_WithTheRule_WaitsForAnotherPersonAndIsCarriedOutOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Live, On);
        using var ada = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.RiskManager));
        using var bob = gateway.NewClient(gateway.Keys.Issue("bob", AccessRole.RiskManager));
        using var tom = gateway.NewClient(gateway.Keys.Issue("tom", AccessRole.Trader));
        using var asked = await ada.PostAsJsonAsync("/api/v1/control/arm", new { reason = "go live" }, Cancelled);

        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()!;
        Assert.Equal(0, gateway.Commands);
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(ada, id, "confirm"));
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(tom, id, "confirm"));
        Assert.Equal(0, gateway.Commands);
        Assert.Equal(
            [HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 9)],
            (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DecideAsync(bob, id, "confirm")))).Order());
        Assert.Equal(1, gateway.Commands);

        var listed = (await ada.GetFromJsonAsync<JsonElement>("/api/v1/confirmations", Cancelled))[0];
        Assert.Equal(("done", "ada", "bob"), (Text(listed, "state"), Text(listed, "requestedBy"), Text(listed, "decidedBy")));
        Assert.Equal(AuditOutcome.Pending, gateway.Audit.Entries.First(entry => entry is { Action: "arm", Outcome: not AuditOutcome.Requested }).Outcome);
        var confirmed = gateway.Audit.Entries.First(entry => entry is { Action: "confirm", Actor: "bob", Outcome: AuditOutcome.Done });
        Assert.Contains("requested by ada: go live", confirmed.Before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_AfterItsEndOrARefusal_DoesNothing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Live, [.. On, ("Gateway:ConfirmationMinutes", "5")]);
        using var ada = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.RiskManager));
        using var bob = gateway.NewClient(gateway.Keys.Issue("bob", AccessRole.RiskManager));
        var refused = await ArmAsync(ada);
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(bob, refused, "refuse"));
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(bob, refused, "confirm"));
        var late = await ArmAsync(ada);
        gateway.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(bob, late, "confirm"));
        Assert.Equal(0, gateway.Commands);
    }

    [Fact]
    public async Task Confirm_OfAKeyThatWasRevokedSince_DoesNothing()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Live, On);
        using var ada = gateway.NewClient(gateway.Keys.Issue("ada", AccessRole.RiskManager));
        using var bob = gateway.NewClient(gateway.Keys.Issue("bob", AccessRole.RiskManager));
        var asked = await ArmAsync(ada);
        await gateway.Keys.Revoke(gateway.Keys.KeyOf("ada").Id);
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        gateway.Keys.Issue("ada", AccessRole.RiskManager);

        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(bob, asked, "confirm"));
        Assert.Equal(0, gateway.Commands);
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(bob, asked, "refuse"));
    }

    [Theory]
    [InlineData(60, HttpStatusCode.Accepted)]
    [InlineData(50, HttpStatusCode.OK)]
    [InlineData(40, HttpStatusCode.OK)]
    public async Task Limit_Loosened_WaitsAndTightenedDoesNot(int value, HttpStatusCode expected)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Live, On);
        gateway.Limits = new LimitsInForce(ImmutableSortedDictionary<string, decimal>.Empty.Add("MaxOpenOrders", 50), [], []);
        using var http = gateway.NewClient(gateway.Key);
        using var answer = await http.PutAsJsonAsync("/api/v1/portfolios/main/limits/MaxOpenOrders", new { value, reason = "a drill" }, Cancelled);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, gateway.Commands);
        if (expected == HttpStatusCode.Accepted)
        {
            using var bob = gateway.NewClient(gateway.Keys.Issue("bob", AccessRole.RiskManager));
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()!;
            Assert.Equal(HttpStatusCode.OK, await DecideAsync(bob, id, "confirm"));
            Assert.Equal(1, gateway.Commands);
        }
    }

    [Fact]
    public async Task Arm_WithoutTheRule_IsDoneAndTheAuditSaysThatItIsOff()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Live);
        using var http = gateway.NewClient(gateway.Key);
        using var armed = await http.PostAsJsonAsync("/api/v1/control/arm", new { reason = "go live" }, Cancelled);

        Assert.Equal((HttpStatusCode.OK, 1), (armed.StatusCode, gateway.Commands));
        await Eventually.TrueAsync(
            "the audit says that the rule is off",
            () => Task.FromResult(gateway.Audit.All.Any(entry => entry is { Kind: AuditKind.Audit, Action: "two-person rule off" })),
            TimeSpan.FromSeconds(20));
    }

    private static void Live(AgentOptions options) => options.MustBeArmed = true;

    private static async Task<string> ArmAsync(HttpClient http)
    {
        using var asked = await http.PostAsJsonAsync("/api/v1/control/arm", new { reason = "go live" }, Cancelled);
        return (await asked.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()!;
    }

    private static async Task<HttpStatusCode> DecideAsync(HttpClient http, string id, string decision)
    {
        using var answer = await http.PostAsJsonAsync($"/api/v1/confirmations/{id}/{decision}", new { reason = "looked at it" }, Cancelled);
        return answer.StatusCode;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
