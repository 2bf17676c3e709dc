using System.Net;
using System.Net.Http.Json;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Testing;

namespace BtcAgent.Client.Tests.Audits;

/// <summary>The log of an audit that cannot be written: one line when it begins and one when it is over.</summary>
public sealed class AuditStallTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Broken_IsReportedAtOnce_AndItsEndOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        gateway.Audit.IsBroken = true;
        for (var i = 0; i < 5; i++)
        {
            await HaltAsync(http);
        }

        Assert.Equal((1, 0), Lines(gateway));
        gateway.Audit.IsBroken = false;
        await HaltAsync(http);
        await HaltAsync(http);

        Assert.Equal((1, 1), Lines(gateway));
        Assert.Equal(7, gateway.Audit.Entries.Count(entry => entry.Action == "halt"));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 1)]
    public async Task Silent_IsReportedOnceItLasts(int seconds, int lines)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        var silence = new TaskCompletionSource();
        gateway.Audit.Before = () => silence.Task;
        var asked = HaltAsync(http);
        await Eventually.TrueAsync(
            "the halt is answered without its entry",
            () =>
            {
                gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(asked.IsCompleted);
            },
            TimeSpan.FromSeconds(60));
        await asked;
        gateway.Time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal((lines, 0), Lines(gateway));
        silence.SetResult();
        await HaltAsync(http);
        await HaltAsync(http);

        Assert.Equal((lines, lines), Lines(gateway));
        Assert.Equal(3, gateway.Audit.Entries.Count(entry => entry.Action == "halt"));
    }

    private static (int Unwritten, int Again) Lines(GatewayUnderTest gateway) => (
        gateway.Log.Count(line => line.Contains("The audit cannot be written", StringComparison.Ordinal)),
        gateway.Log.Count(line => line.Contains("The audit is written again", StringComparison.Ordinal)));

    private static async Task HaltAsync(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/control/halt", new { reason = "a drill" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
