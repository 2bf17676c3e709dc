using System.Net;
using System.Net.Http.Json;
using BtcAgent.Client.Tests.Access;

namespace BtcAgent.Client.Tests.Api;

/// <summary>A command that fails while the agent cannot store names the store, not the start.</summary>
public sealed class StoreProblemTests
{
    [Fact]
    public async Task Resume_DiskIsFull_SaysSo()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.HoldCommands = () => Task.FromException(new TimeoutException("no answer"));
        using var http = gateway.NewClient(gateway.Key);
        Assert.Contains("It may still be starting", await ResumeAsync(), StringComparison.Ordinal);

        gateway.StoreProblem = "'/data/state.db' cannot be written (disk full): free space.";
        var answer = await ResumeAsync();
        Assert.Contains("disk full", answer, StringComparison.Ordinal);
        Assert.Contains("The command may have been carried out in part", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("starting", answer, StringComparison.Ordinal);

        async Task<string> ResumeAsync()
        {
            using var answer = await http.PostAsJsonAsync("/api/v1/control/resume", new { reason = "a test of the disk" }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }
}
