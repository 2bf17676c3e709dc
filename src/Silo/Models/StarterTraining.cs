using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Silo.Runs;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Models;

/// <summary>
/// On the first start against the embedded venue: trains a starter model for each strategy that needs a trained model and has
/// none. The starter runs as a shadow beside the fallback rule, which keeps trading until an operator promotes a model.
/// </summary>
internal sealed partial class StarterTraining(
    IGrainFactory grains,
    IOptions<AgentOptions> agent,
    IOptions<SimulatorOptions> venue,
    IOptions<StarterOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<StarterTraining> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        try
        {
            await lifetime.WaitUntilStartedAsync(stoppingToken);
            var registry = grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);
            var known = await registry.List();
            foreach (var strategy in agent.Value.Strategies.Where(s => s.Model == SignalModels.Trained))
            {
                // Retiring its models is an operator's way to stop a strategy: a starter model must not replace them.
                if (known.All(e => e.Strategy != strategy.Name))
                {
                    await TrainAsync(registry, strategy, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogInterrupted(logger);
        }
        catch (Exception e) when (e is LightGbmException or ModelRefusedException or ArgumentException)
        {
            LogNoStarter(logger, e.Message);
        }
    }

    private async Task TrainAsync(IModelRegistryGrain registry, StrategyOptions strategy, CancellationToken stoppingToken)
    {
        if (!LightGbmLibrary.TryLoad(out var whyNot))
        {
            throw new LightGbmException(whyNot);
        }

        var started = time.GetTimestamp();
        LogTraining(logger, strategy.Name);
        using var line = new ProgressLine("starter model", time);
        var artefact = await Task.Run(
            () => StarterModel.Train(
                InstrumentId.Parse(strategy.Instrument), agent.Value.Features, venue.Value, options.Value, line.Show, stoppingToken),
            stoppingToken);
        await registry.Install(artefact, strategy.Name, ModelStage.Shadow, "start", "starter model, trained on the simulated venue's history");
        LogTrained(
            logger, artefact.Id, strategy.Name, time.GetElapsedTime(started).TotalSeconds, artefact.Manifest.Metrics["auc"]);
    }

    [LoggerMessage(EventId = 700, Level = LogLevel.Information,
        Message = "Starter model {Model} was trained in {Seconds:0.0} s (out-of-sample AUC {Auc:0.000}) and runs as a shadow of {Strategy}, whose rule keeps trading")]
    private static partial void LogTrained(ILogger logger, string model, string strategy, double seconds, double auc);

    [LoggerMessage(EventId = 701, Level = LogLevel.Warning, Message = "No starter model, the rule keeps trading: {Reason}")]
    private static partial void LogNoStarter(ILogger logger, string reason);

    [LoggerMessage(EventId = 702, Level = LogLevel.Information, Message = "The training of the starter model was interrupted; the next start restarts it")]
    private static partial void LogInterrupted(ILogger logger);

    [LoggerMessage(EventId = 703, Level = LogLevel.Information,
        Message = "Training a starter model for {Strategy} on the embedded venue's history; its rule trades meanwhile")]
    private static partial void LogTraining(ILogger logger, string strategy);
}
