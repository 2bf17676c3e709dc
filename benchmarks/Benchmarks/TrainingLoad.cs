using System.Globalization;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Domain;
using BtcAgent.Domain.Retraining;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Orders through the whole agent without and beside a training job, alternately: <c>dotnet run -c Release -- training [ROUNDS]</c>. The
/// job is one of the agent's own: a process of low priority that simulates a history of the venue and would train on it.
/// </summary>
internal static class TrainingLoad
{
    private const int OrdersPerPortfolio = 100;

    /// <summary>As beside the subscribers: 16 portfolios ask for 40 orders/s.</summary>
    private const double SpacingMs = 400;

    /// <summary>Longer than any run.</summary>
    private static readonly TimeSpan History = TimeSpan.FromDays(30);

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
        await OrderThroughput.RunAgentAsync(VenueKind.Simulator, OrderThroughput.ThroughputSettings(), async app =>
        {
            var grains = app.GetRequiredService<IGrainFactory>();
            await OrderThroughput.PlaceAllAsync(grains, "warm", 20, SpacingMs);
            if (trains)
            {
                await TrainAsync(grains);
            }

            await Task.Delay(2_000);
            times = await OrderThroughput.PlaceAllAsync(grains, "run", OrdersPerPortfolio, SpacingMs);
            if (trains && await JobAsync(grains) is not { State: TrainingJobState.Running })
            {
                throw new InvalidOperationException("the training ended before the orders did");
            }
        });
        return times;
    }

    private static async Task TrainAsync(IGrainFactory grains)
    {
        var end = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));
        var answer = await grains.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key).Enqueue(new TrainingRequest(
            "s0",
            InstrumentId.Parse("BINANCE:BTCUSDT"),
            TrainingTrigger.Starter,
            "benchmark",
            "a load beside trading",
            new TrainingWindow(TrainingDataKind.SimulatedVenue, end - History, end),
            new TrainingRecipe
            {
                Name = "load",
                Folds = 3,
                Rounds = 80,
                EarlyStoppingRounds = 10,
                LearningRate = 0.05,
                Leaves = 4,
                MinRowsInLeaf = 100,
                FeatureFraction = 0.3,
                ValidationShare = 0.3,
                Embargo = 0,
                CostBps = 10,
                HorizonSeconds = 60,
                BarrierBps = 0,
                Seed = 1,
                HidesCalendar = true,
                RowsMin = 1,
            }));
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        while (await JobAsync(grains) is not { State: TrainingJobState.Running, Progress.Share: > 0 })
        {
            await Task.Delay(200);
        }
    }

    private static async Task<TrainingJob> JobAsync(IGrainFactory grains) =>
        (await grains.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key).GetStatus()).Jobs[0];
}
