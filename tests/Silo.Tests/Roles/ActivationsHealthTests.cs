using System.Net;
using BtcAgent.Grains.Activations;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Tests.Roles;

public sealed class ActivationsHealthTests : IDisposable
{
    private static readonly TimeSpan NoticeMax = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-activations-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Ready_GrainStandsStill_IsNotReadyByThatCheckAloneUntilItIsCleared()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, RunningAgent.Restless);
        await AnswersAsync(agent, HttpStatusCode.OK);

        var failures = agent.Services.GetRequiredService<ActivationFailures>();
        for (var i = 0; i < ActivationFailures.SameReasonMax; i++)
        {
            failures.Failed("orders of nobody", "the books are torn", mayPass: false);
        }

        await AnswersAsync(agent, HttpStatusCode.ServiceUnavailable);
        await Eventually.TrueAsync("activations alone is unhealthy", async () => await UnhealthyAsync(agent) == "activations", NoticeMax);
        var report = await agent.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            "orders of nobody failed 3 times and is not retried until an operator resumes: the books are torn",
            report.Entries["activations"].Description);

        failures.Clear("orders of nobody");
        await AnswersAsync(agent, HttpStatusCode.OK);
    }

    private static Task AnswersAsync(RunningAgent agent, HttpStatusCode status) => Eventually.TrueAsync(
        $"/health/ready answers {status}",
        async () =>
        {
            using var answer = await agent.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return answer.StatusCode == status;
        },
        NoticeMax);

    private static async Task<string> UnhealthyAsync(RunningAgent agent)
    {
        var report = await agent.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return string.Join(", ", report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => entry.Key));
    }
}
