using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Retraining;
using BtcAgent.Domain.Signals;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Silo.Runs;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Models;

/// <summary>
/// On the first start against the embedded venue: requests a starter model for each strategy that needs a trained model and has
/// none, and shows the progress of its training. The starter runs as a shadow beside the fallback rule, which keeps trading until
/// an operator promotes a model.
/// </summary>
internal sealed partial class StarterTraining(
    IGrainFactory grains,
    IOptions<AgentOptions> agent,
    IOptions<RetrainingOptions> retraining,
    IOptions<SimulatorOptions> venue,
    IOptions<StarterOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<StarterTraining> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private IOptimizerGrain Optimizer => grains.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        try
        {
            await lifetime.WaitUntilStartedAsync(stoppingToken);
            var known = await grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key).List();
            foreach (var strategy in agent.Value.Strategies.Where(s => s.Model == SignalModels.Trained))
            {
                // Retiring its models is an operator's way to stop a strategy: a starter model must not replace them.
                if (known.All(e => e.Strategy != strategy.Name))
                {
                    await TrainAsync(strategy, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogInterrupted(logger);
        }
    }

    private async Task TrainAsync(StrategyOptions strategy, CancellationToken stoppingToken)
    {
        if (!retraining.Value.Enabled)
        {
            LogNoStarter(logger, $"{RetrainingOptions.Section}:Enabled is false");
            return;
        }

        // After a restart the job of the last start is still there, and continues.
        var answer = await Optimizer.Enqueue(StarterModel.Request(strategy, options.Value, venue.Value.Seed));
        if (answer.Job is not { } job)
        {
            LogNoStarter(logger, answer.Refusal ?? "the optimizer gave no reason");
            return;
        }

        var started = time.GetTimestamp();
        LogTraining(logger, strategy.Name);
        using (var line = new ProgressLine("starter model", time))
        using (var timer = new PeriodicTimer(LookEvery, time))
        {
            while (!job.HasEnded && await timer.WaitForNextTickAsync(stoppingToken))
            {
                job = (await Optimizer.GetStatus()).Jobs.First(kept => kept.Id == job.Id);
                line.Show(job.Progress?.Step ?? "starting", job.Progress?.Share ?? 0);
            }
        }

        if (job is { State: TrainingJobState.Succeeded, Outcome: { } outcome })
        {
            LogTrained(logger, outcome.ModelId!, strategy.Name, time.GetElapsedTime(started).TotalSeconds);
        }
        else
        {
            LogNoStarter(logger, job.Outcome?.Reason ?? "the job gave no reason");
        }
    }

    [LoggerMessage(EventId = 700, Level = LogLevel.Information,
        Message = "Starter model {Model} was trained in {Seconds:0.0} s and runs as a shadow of {Strategy}, whose rule keeps trading")]
    private static partial void LogTrained(ILogger logger, string model, string strategy, double seconds);

    [LoggerMessage(EventId = 701, Level = LogLevel.Warning, Message = "No starter model, the rule keeps trading: {Reason}")]
    private static partial void LogNoStarter(ILogger logger, string reason);

    [LoggerMessage(EventId = 702, Level = LogLevel.Information, Message = "The training of the starter model was interrupted; the next start continues it")]
    private static partial void LogInterrupted(ILogger logger);

    [LoggerMessage(EventId = 703, Level = LogLevel.Information,
        Message = "Training a starter model for {Strategy} on the embedded venue's history; its rule trades meanwhile")]
    private static partial void LogTraining(ILogger logger, string strategy);
}
