using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain;
using BtcAgent.Domain.Retraining;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace BtcAgent.Grains.Tests.Retraining;

/// <summary>The optimizer of an agent with the trained strategies <c>a</c> and <c>b</c>, and a rule.</summary>
public sealed class OptimizerGrainTests : IAsyncLifetime
{
    private const string Worker = "silo/1";

    private static readonly Timestamp Market = Timestamp.FromUnixMilliseconds(1_795_910_400_000);
    private static readonly TrainingOutcome Trained = new(TrainingJobState.Succeeded, "survives", "forest-1");

    private readonly FaultyStorage _storage = new();
    private InProcessTestCluster _cluster = null!;

    private IOptimizerGrain Optimizer => _cluster.Client.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGrainStorage(GrainStateNames.Provider, (_, _) => _storage);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IFactPublisher, NoFacts>();
            silo.Services.Configure<AgentOptions>(options =>
            {
                foreach (var (name, model) in new[] { ("a", "lightgbm"), ("b", "lightgbm"), ("rule", "ema-cross") })
                {
                    options.Strategies.Add(new StrategyOptions { Name = name, Model = model, Instrument = "BINANCE:BTCUSDT", Portfolio = "main" });
                }
            });
            silo.Services.Configure<RetrainingOptions>(options =>
            {
                (options.EveryHours, options.ModelAgeHours) = (6, 48);
                (options.Search.Trials, options.Search.UntouchedShare) = (20, 0.25);
            });
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Run_RepeatedOperation_IsOneJobAlsoAfterItsEndAndARestart()
    {
        CommandOperation.Current = "operation-1";
        var first = await Optimizer.Run("a", 7, null, "ada", "a test");
        await FinishNextAsync();
        await _cluster.DeactivateAsync(Optimizer);
        var repeat = await Optimizer.Run("a", 7, null, "ada", "a test");
        CommandOperation.Current = "operation-2";
        var other = await Optimizer.Run("a", 7, null, "ada", "a test");
        CommandOperation.Current = null;

        Assert.Equal(("train-1", "train-1", "train-2"), (first.Job?.Id, repeat.Job?.Id, other.Job?.Id));
        Assert.Equal(TrainingJobState.Succeeded, repeat.Job!.State);
        Assert.Equal(TimeSpan.FromDays(7), first.Job!.Request.Window.To - first.Job.Request.Window.From);
    }

    [Fact]
    public async Task Run_UnknownOrRule_IsRefusedWithTheRemedy()
    {
        Assert.Contains("trained model are: a, b", (await Optimizer.Run("c", null, null, "ada", "a test")).Refusal, StringComparison.Ordinal);
        Assert.Contains("set its Model to lightgbm", (await Optimizer.Run("rule", null, null, "ada", "a test")).Refusal, StringComparison.Ordinal);
    }

    /// <summary>The operator's number of trials is that of the job; 0 trains the recipe.</summary>
    [Theory]
    [InlineData(null, 20)]
    [InlineData(0, null)]
    [InlineData(3, 3)]
    public async Task Run_Trials_ReplaceTheSetting(int? trials, int? expected)
    {
        var job = (await Optimizer.Run("a", null, trials, "ada", "a test")).Job!;

        Assert.Equal(expected is { } count ? new TrainingSearch(count, null, 0.25) : null, job.Request.Recipe.Search);
    }

    /// <summary>A search that finds nothing has ended as it should: its state is not that of a failure.</summary>
    [Fact]
    public async Task Finish_NothingFound_EndsTheJobForGood()
    {
        await Optimizer.Run("a", null, 3, "ada", "a test");
        await Optimizer.Take(Worker);

        var ended = await Optimizer.Finish("train-1", Worker, new TrainingOutcome(TrainingJobState.NothingFound, "No model is written."));

        Assert.Equal((TrainingJobState.NothingFound, true), (ended.Job!.State, ended.Job.HasEnded));
        Assert.Null(await Optimizer.Take(Worker));
        Assert.Equal("job train-1 has ended: it found nothing", (await Optimizer.Cancel("train-1", "ada", "late")).Refusal);
    }

    [Fact]
    public async Task Run_StoreFails_ThereIsNoJob()
    {
        _storage.Fails = GrainStateNames.Optimizer;
        await Assert.ThrowsAnyAsync<Exception>(() => Optimizer.Run("a", null, null, "ada", "a test"));
        _storage.Fails = null;

        Assert.Empty((await Optimizer.GetStatus()).Jobs);
        Assert.Null(await Optimizer.Take(Worker));
    }

    /// <summary>Six market hours after the first observation, and once for a pause of any length, for every strategy.</summary>
    [Fact]
    public async Task Observe_MarketHoursPass_EnqueuesOneRunOfEachStrategy()
    {
        await ObserveAsync(Market, Market);
        await ObserveAsync(Market + TimeSpan.FromHours(5), Market);
        Assert.Empty((await Optimizer.GetStatus()).Jobs);

        await ObserveAsync(Market + TimeSpan.FromHours(40), Market);
        await ObserveAsync(Market + TimeSpan.FromHours(40), Market);
        var status = await Optimizer.GetStatus();

        Assert.Equal(["b", "a"], status.Jobs.Select(job => job.Strategy));
        Assert.Equal(Market + TimeSpan.FromHours(46), status.Strategies[0].NextByMarket);
        Assert.Equal(40, status.Strategies[0].ModelAgeHours);
        Assert.Equal(Market + TimeSpan.FromHours(40), status.Jobs[0].Request.Window.To);
    }

    /// <summary>The data end in the past, so that a new model is as old: one job per cool-down, not one per look.</summary>
    [Fact]
    public async Task Observe_ModelStaysTooOld_TrainsOncePerCoolDown()
    {
        for (var look = 0; look < 5; look++)
        {
            await ObserveAsync(Market + TimeSpan.FromHours(50), Market);
            await FinishNextAsync();
            await FinishNextAsync();
        }

        var status = await Optimizer.GetStatus();
        Assert.Equal(["b", "a"], status.Jobs.Select(job => job.Strategy));
        Assert.All(status.Jobs, job => Assert.Equal(TrainingTrigger.ModelAge, job.Request.Trigger));
        Assert.All(status.Strategies, strategy => Assert.Equal(TrainingTrigger.ModelAge, Assert.Single(strategy.Cooling).Trigger));
        var again = await Optimizer.Raise(new RetrainingAlarm(TrainingTrigger.ModelAge, "a", "again"));
        Assert.Contains("it cools down until", again.Refusal, StringComparison.Ordinal);
        Assert.Null((await Optimizer.Raise(new RetrainingAlarm(TrainingTrigger.FeatureDrift, "a", "PSI 0.3"))).Refusal);
    }

    [Fact]
    public async Task Take_NewHolder_GetsTheJobAndTheFormerIsRefused()
    {
        await Optimizer.Run("a", null, null, "ada", "a test");
        var first = await Optimizer.Take(Worker);
        await _cluster.DeactivateAsync(Optimizer);

        var second = await Optimizer.Take("silo/2");

        Assert.Equal((first!.Id, 2, "silo/2"), (second!.Id, second.Attempts, second.Worker));
        Assert.NotNull((await Optimizer.Report(first.Id, Worker, new TrainingProgress("fold", 0.5))).Refusal);
        Assert.NotNull((await Optimizer.Finish(first.Id, Worker, Trained)).Refusal);
        Assert.Null((await Optimizer.Finish(first.Id, "silo/2", Trained)).Refusal);
        Assert.NotNull((await Optimizer.Finish(first.Id, "silo/2", Trained)).Refusal);
    }

    [Fact]
    public async Task Cancel_Running_IsSeenByItsTrainerAndRepeatedlyTheSame()
    {
        await Optimizer.Run("a", null, null, "ada", "a test");
        await Optimizer.Take(Worker);
        CommandOperation.Current = "operation-1";
        await Optimizer.Cancel("train-1", "ada", "wrong window");
        CommandOperation.Current = null;

        var seen = await Optimizer.Report("train-1", Worker, new TrainingProgress("fold", 0.5));
        Assert.Equal("cancelled by ada: wrong window", seen.Job!.CancelledBy);
        await Optimizer.Finish("train-1", Worker, new TrainingOutcome(TrainingJobState.Interrupted, "killed"));
        CommandOperation.Current = "operation-1";
        var repeat = await Optimizer.Cancel("train-1", "ada", "wrong window");
        CommandOperation.Current = null;
        Assert.Equal((null, TrainingJobState.Cancelled), (repeat.Refusal, repeat.Job!.State));
    }

    private Task ObserveAsync(Timestamp market, Timestamp trainedTo) => Optimizer.Observe(
        [new StrategyObservation("a", market, trainedTo), new StrategyObservation("b", market, trainedTo), new StrategyObservation("rule", market, trainedTo)]);

    private async Task FinishNextAsync()
    {
        if (await Optimizer.Take(Worker) is { } job)
        {
            Assert.Null((await Optimizer.Finish(job.Id, Worker, Trained)).Refusal);
        }
    }
}
