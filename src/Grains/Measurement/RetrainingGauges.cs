using System.Diagnostics.Metrics;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Grains.Measurement;

/// <summary>Figures of the training jobs, by strategy.</summary>
internal static class RetrainingGauges
{
    private static readonly Meter Meter = new(AgentMeter.Name);

    private static readonly Gauge<double> ModelAge = Meter.CreateGauge<double>(
        "model.age", unit: "s", description: "Market time since the newest training data of the strategy's newest model");

    private static readonly Gauge<int> JobRunning =
        Meter.CreateGauge<int>("training.running", description: "1 while a training job runs, else 0");

    private static readonly Counter<long> Jobs =
        Meter.CreateCounter<long>("training.jobs", description: "Training jobs that have ended, by strategy and state");

    public static void Age(StrategyObservation seen)
    {
        if (seen is { MarketTime.IsKnown: true, TrainedTo.IsKnown: true })
        {
            ModelAge.Record((seen.MarketTime - seen.TrainedTo).TotalSeconds, new KeyValuePair<string, object?>("strategy", seen.Strategy));
        }
    }

    public static void Running(TrainingJob? job) => JobRunning.Record(job is null ? 0 : 1);

    public static void Ended(TrainingJob job) => Jobs.Add(
        1, new KeyValuePair<string, object?>("strategy", job.Strategy), new KeyValuePair<string, object?>("state", $"{job.State}"));
}
