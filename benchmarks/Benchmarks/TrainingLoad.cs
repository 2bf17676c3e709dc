using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Domain.Retraining;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Orders through the whole agent without and beside training jobs, alternately: <c>dotnet run -c Release -- training [ROUNDS]</c>. The
/// jobs are the agent's own, those of the starter models of all strategies, one after the other in a process of low priority.
/// </summary>
internal static class TrainingLoad
{
    private const int OrdersPerPortfolio = 100;

    /// <summary>As beside the subscribers: 16 portfolios ask for 40 orders/s.</summary>
    private const double SpacingMs = 400;

    public static async Task RunAsync(string[] arguments)
    {
        var rounds = arguments is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 3;
        var (without, with) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var alone = await TradeAsync(trains: false);
            var beside = await TradeAsync(trains: true);
            without.AddRange(alone);
            with.AddRange(beside);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  pair {round + 1}: p99 {SubscriberLoad.P99(alone):F1} → {SubscriberLoad.P99(beside):F1} ms, {SubscriberLoad.P99(beside) / SubscriberLoad.P99(alone):F2} ×"));
        }

        OrderThroughput.Print("asked → order stored and sent, without a training", [.. without]);
        OrderThroughput.Print("the same beside a training", [.. with]);
    }

    private static async Task<double[]> TradeAsync(bool trains)
    {
        double[] times = [];
        var settings = OrderThroughput.ThroughputSettings();
        settings["StarterModel:Enabled"] = $"{trains}";
        settings["StarterModel:HistoryMinutes"] = "1440";
        await OrderThroughput.RunAgentAsync(VenueKind.Simulator, settings, async app =>
        {
            var grains = app.GetRequiredService<IGrainFactory>();
            await OrderThroughput.PlaceAllAsync(grains, "warm", 20, SpacingMs);
            while (trains && !(await JobsAsync(grains)).Any(job => job is { State: TrainingJobState.Running, Progress.Share: > 0 }))
            {
                await Task.Delay(200);
            }

            times = await OrderThroughput.PlaceAllAsync(grains, "run", OrdersPerPortfolio, SpacingMs);
            if (trains && (await JobsAsync(grains)).All(job => job.HasEnded))
            {
                throw new InvalidOperationException("the trainings ended before the orders did");
            }
        });
        return times;
    }

    private static async Task<ImmutableArray<TrainingJob>> JobsAsync(IGrainFactory grains) =>
        (await grains.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key).GetStatus()).Jobs;
}
