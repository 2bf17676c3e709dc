using System.Net;
using System.Net.Http.Json;
using BtcAgent.Client.Operators;

namespace BtcAgent.Client.Tests.Access;

/// <summary>Metrics are open to the operator and to the holder of the metrics token only.</summary>
public sealed class MetricsTokenTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData("0123456789abcdef0123456789abcdef", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    public async Task Metrics_ByTheTokenOfItsFile_AreShownAndNothingElse(string? token, HttpStatusCode metrics, HttpStatusCode caller)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "0123456789abcdef0123456789abcdef\n", Cancelled);
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:MetricsTokenFile", file));
        using var http = gateway.NewClient(token);

        Assert.Equal(metrics, (await http.GetAsync("/metrics", Cancelled)).StatusCode);
        Assert.Equal(caller, (await http.GetAsync("/caller", Cancelled)).StatusCode);
        Assert.Equal(caller, (await http.PostAsJsonAsync("/api/v1/control/halt", new { reason = "abc" }, Cancelled)).StatusCode);
        File.Delete(file);
    }

    [Fact]
    public async Task Start_MetricsTokenTooShort_SaysSo()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "secret", Cancelled);
        Assert.Contains("32 or more", Assert.Throws<OperatorKeyException>(() => MetricsToken.Read(file)).Message, StringComparison.Ordinal);
        File.Delete(file);
    }
}
