using BtcAgent.Contracts.Experiments;
using BtcAgent.Domain;
using BtcAgent.Domain.Experiments;
using BtcAgent.Silo.Tests.Roles;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Experiments;

/// <summary>Days on which the challenger of the agent's first experiment earns more than the champion.</summary>
internal static class WinningDays
{
    /// <summary>Counts days until a person may confirm the promotion.</summary>
    public static async Task PlayAsync(RunningAgent agent)
    {
        var experiments = agent.Services.GetRequiredService<IGrainFactory>().GetGrain<IExperimentsGrain>(IExperimentsGrain.Key);
        for (var day = new DateOnly(2026, 1, 1); day.Month < 3; day = day.AddDays(1))
        {
            var at = Timestamp.FromDateTimeOffset(new DateTimeOffset(day, TimeOnly.MaxValue, TimeSpan.Zero));
            var closed = new ExperimentDay(day, at, 0.0001 * (day.Day % 3), 0.001, 5, StageHealth.Green with { Samples = 10, ScoreSpread = 1 });
            if ((await experiments.Observe("ab-1", [closed], null, at)).Tracked!.Experiment.AwaitsConfirmation)
            {
                return;
            }
        }

        Assert.Fail("the challenger was not shown to be better");
    }
}
