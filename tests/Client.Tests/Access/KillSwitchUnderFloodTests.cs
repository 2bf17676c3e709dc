using System.Net;
using System.Net.Http.Json;
using BtcAgent.Client.Access;

namespace BtcAgent.Client.Tests.Access;

/// <summary>A flood without the key does not keep the key holder from stopping the agent.</summary>
public sealed class KillSwitchUnderFloodTests
{
    private const int Flood = 640;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("halt")]
    [InlineData("flatten")]
    [InlineData("disarm")]
    public async Task Stop_While640StrangersASecondAsk_IsDone(string command)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var stranger = gateway.NewClient();
        using var holder = gateway.NewClient(gateway.Key);
        var seen = await FloodAsync(stranger);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(holder, command));
        Assert.Contains(HttpStatusCode.TooManyRequests, seen);
        Assert.DoesNotContain(HttpStatusCode.OK, seen);
    }

    [Fact]
    public async Task Status_While640StrangersASecondAsk_IsAnsweredToTheHolder()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var stranger = gateway.NewClient();
        using var holder = gateway.NewClient(gateway.Key);
        await FloodAsync(stranger);

        Assert.Equal(HttpStatusCode.OK, (await holder.GetAsync("/caller", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Halt_AfterTheHoldersOwnScriptSpentItsRequests_IsDone()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var holder = gateway.NewClient(gateway.Key);
        var seen = await FloodAsync(holder);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(holder, "halt"));
        Assert.Contains(HttpStatusCode.TooManyRequests, seen);
    }

    [Fact]
    public async Task Halt_ManyTimesOver_IsBoundedToo()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var holder = gateway.NewClient(gateway.Key);

        var seen = await Task.WhenAll(Enumerable.Range(0, 20 * GatewayLimits.StopsAtOnce).Select(_ => PostAsync(holder, "halt")));

        Assert.Contains(HttpStatusCode.TooManyRequests, seen);
        Assert.True(seen.Count(s => s == HttpStatusCode.OK) >= GatewayLimits.StopsAtOnce);
    }

    [Fact]
    public async Task Halt_ByAStranger_TakesNothingFromTheHoldersShare()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var stranger = gateway.NewClient();
        using var holder = gateway.NewClient(gateway.Key);

        var seen = await Task.WhenAll(Enumerable.Range(0, Flood).Select(_ => PostAsync(stranger, "halt")));

        Assert.DoesNotContain(HttpStatusCode.OK, seen);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(holder, "halt"));
    }

    private static async Task<HttpStatusCode[]> FloodAsync(HttpClient http) =>
        await Task.WhenAll(Enumerable.Range(0, Flood).Select(async _ => (await http.GetAsync("/caller", Cancelled)).StatusCode));

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string command) =>
        (await http.PostAsJsonAsync($"/api/v1/control/{command}", new { reason = "a drill" }, Cancelled)).StatusCode;
}
