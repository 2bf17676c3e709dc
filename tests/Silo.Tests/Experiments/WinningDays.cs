using BtcAgent.Contracts.Experiments;
using BtcAgent.Domain;
using BtcAgent.Domain.Experiments;
using BtcAgent.Silo.Tests.Roles;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Experiments;

/// <summary>Days on which the challenger of an experiment earns more than the champion, and one on which it loses too much.</summary>
internal static class WinningDays
{
    /// <summary>Counts days until a person may confirm the promotion.</summary>
    public static async Task PlayAsync(RunningAgent agent, string id = "ab-1")
    {
        var experiments = ExperimentsOf(agent);
        for (var day = new DateOnly(2026, 1, 1); day.Month < 3; day = day.AddDays(1))
        {
            var at = Timestamp.FromDateTimeOffset(new DateTimeOffset(day, TimeOnly.MaxValue, TimeSpan.Zero));
            var closed = new ExperimentDay(day, at, 0.0001 * (day.Day % 3), 0.001, 5, StageHealth.Green with { Samples = 10, ScoreSpread = 1 });
            if ((await experiments.Observe(id, [closed], null, at)).Tracked!.Experiment.AwaitsConfirmation)
            {
                return;
            }
        }

        Assert.Fail("the challenger was not shown to be better");
    }

    /// <summary>The challenger loses 30 % of the capital on a day.</summary>
    public static async Task LoseAsync(RunningAgent agent, string id)
    {
        var day = new DateOnly(2026, 6, 1);
        var at = Timestamp.FromDateTimeOffset(new DateTimeOffset(day, TimeOnly.MaxValue, TimeSpan.Zero));
        await ExperimentsOf(agent).Observe(id, [new ExperimentDay(day, at, 0, -0.3, 5, StageHealth.Green with { Samples = 10, ScoreSpread = 1 })], null, at);
    }

    private static IExperimentsGrain ExperimentsOf(RunningAgent agent) =>
        agent.Services.GetRequiredService<IGrainFactory>().GetGrain<IExperimentsGrain>(IExperimentsGrain.Key);
}
