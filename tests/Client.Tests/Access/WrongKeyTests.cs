using System.Net;

namespace BtcAgent.Client.Tests.Access;

/// <summary>Wrong keys are throttled and logged; the right key is accepted whatever came before it.</summary>
public sealed class WrongKeyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_RightKeyAfterTwentyWrongOnesFromTheSameAddress_GetsIn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();
        var seen = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++)
        {
            using var wrong = new FormUrlEncodedContent([new("key", $"guess {i}")]);
            seen.Add((await http.PostAsync("/signin", wrong, Cancelled)).StatusCode);
        }

        using var right = new FormUrlEncodedContent([new("key", gateway.Key)]);
        Assert.Equal(HttpStatusCode.Redirect, (await http.PostAsync("/signin", right, Cancelled)).StatusCode);
        Assert.Equal(Enumerable.Repeat(HttpStatusCode.Unauthorized, 20), seen.Take(20));
        Assert.Equal(Enumerable.Repeat(HttpStatusCode.TooManyRequests, 10), seen.Skip(20));
    }

    [Fact]
    public async Task Bearer_RightKeyAfterTwentyWrongOnes_GetsIn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var wrong = gateway.NewClient("wrong");
        using var right = gateway.NewClient(gateway.Key);
        var seen = new List<HttpStatusCode>();
        for (var i = 0; i < 25; i++)
        {
            seen.Add((await wrong.GetAsync("/caller", Cancelled)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync("/caller", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, seen[19]);
        Assert.Equal(HttpStatusCode.TooManyRequests, seen[24]);
    }

    [Fact]
    public async Task WrongKey_AMinuteLater_IsAnsweredAgain()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var wrong = gateway.NewClient("wrong");
        for (var i = 0; i < 25; i++)
        {
            await wrong.GetAsync("/caller", Cancelled);
        }

        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync("/caller", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task WrongKey_ManyTimesOver_IsLoggedOnceAMinuteWithACount()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var wrong = gateway.NewClient("wrong");
        for (var i = 0; i < 30; i++)
        {
            await wrong.GetAsync("/caller", Cancelled);
        }

        Assert.Contains("WrongKey", Assert.Single(gateway.Log), StringComparison.Ordinal);
        Assert.Contains("1 since", gateway.Log.Single(), StringComparison.Ordinal);
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("29 since", gateway.Log.Last(), StringComparison.Ordinal);
        gateway.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, gateway.Log.Count);
    }

    [Fact]
    public async Task WrongKey_InARequest_StandsInNoLine()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var wrong = gateway.NewClient("nearly-the-key");
        await wrong.GetAsync("/caller", Cancelled);
        Assert.DoesNotContain(gateway.Log, l => l.Contains("nearly", StringComparison.Ordinal));
    }
}
