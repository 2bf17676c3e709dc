using System.Collections.Immutable;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Retraining;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Keys;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Watches;

/// <summary>
/// Looks at the watches of all trained models, in one silo at a time: shows their figures, and asks the optimizer for a training when
/// that of a champion is in alarm.
/// </summary>
internal sealed partial class ModelWatchDesk(
    IGrainFactory grains,
    IOptions<AgentOptions> agent,
    IOptions<ModelWatchOptions> options,
    WatchGauges gauges,
    TimeProvider time,
    ILogger<ModelWatchDesk> logger)
{
    private bool _hasFailed;

    private IOptimizerGrain Optimizer => grains.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ReadSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryStepAsync(cancellationToken);
            }
        }
        finally
        {
            gauges.Show([]);
        }
    }

    /// <summary>Looks at every strategy once.</summary>
    internal async Task StepAsync()
    {
        var runs = new List<WatchedRun>();
        foreach (var strategy in agent.Value.Strategies.Where(strategy => strategy.Model == SignalModels.Trained))
        {
            var signals = grains.GetGrain<ISignalGrain>(GrainKeys.Signal(InstrumentId.Parse(strategy.Instrument), strategy.Name));
            var (status, watches) = (await signals.GetStatus(), await signals.GetWatches());
            runs.AddRange(watches.Select(reading => new WatchedRun(
                strategy.Name, strategy.Instrument, reading, status.Shadows.Append(status.Champion).FirstOrDefault(run => run.ModelId == reading.ModelId))));
            if (watches.FirstOrDefault(reading => reading.ModelId == status.Champion.ModelId) is { } champion && !IsOnTrial(champion, watches)
                && !status.Shadows.Any(IsNew))
            {
                foreach (var (trigger, finding) in Alarms(champion))
                {
                    await RaiseAsync(new RetrainingAlarm(trigger, strategy.Name, $"{champion.ModelId} on {strategy.Instrument}: {finding}"));
                }
            }
        }

        gauges.Show(runs);
    }

    /// <summary>A challenger of newer data that is not in alarm is the answer already; another training would give the same.</summary>
    private static bool IsOnTrial(ModelWatchReading champion, ImmutableArray<ModelWatchReading> watches) => watches.Any(
        reading => reading.TrainedTo > champion.TrainedTo && reading.Drift.State != DriftState.Alarm && reading.Calibration.State != DriftState.Alarm);

    /// <summary>A challenger that has not been asked yet, such as the model of a job that has just ended.</summary>
    private static bool IsNew(ModelRun run) => run is { Scored: 0, Failed: 0 };

    private IEnumerable<(TrainingTrigger Trigger, string Finding)> Alarms(ModelWatchReading reading)
    {
        if (reading.Drift.State == DriftState.Alarm)
        {
            if (reading.Drift.DriftedShare >= options.Value.Drift.AlarmShare)
            {
                yield return (TrainingTrigger.FeatureDrift, reading.Drift.Text);
            }

            if (reading.Drift.Score?.State == DriftState.Alarm)
            {
                yield return (TrainingTrigger.ScoreDrift, reading.Drift.Text);
            }
        }

        if (reading.Calibration.State == DriftState.Alarm)
        {
            yield return (TrainingTrigger.Calibration, reading.Calibration.Text);
        }

        if (reading.Profit.State == DriftState.Alarm)
        {
            yield return (TrainingTrigger.Performance, reading.Profit.Text);
        }
    }

    /// <summary>An alarm whose trigger cools down is refused, and repeated at the next look.</summary>
    private async Task RaiseAsync(RetrainingAlarm alarm)
    {
        if ((await Optimizer.Raise(alarm)).Refusal is null)
        {
            LogRaised(logger, alarm.Strategy, alarm.Trigger, alarm.Reason);
        }
    }

    private async Task TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StepAsync();
            _hasFailed = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_hasFailed)
            {
                LogFailed(logger, e.Message);
            }

            _hasFailed = true;
        }
    }

    [LoggerMessage(EventId = 727, Level = LogLevel.Warning, Message = "{Strategy}: alarm {Trigger} asks for a training: {Reason}")]
    private static partial void LogRaised(ILogger logger, string strategy, TrainingTrigger trigger, string reason);

    [LoggerMessage(EventId = 728, Level = LogLevel.Warning, Message = "The watches of the models could not be read and are tried again: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
