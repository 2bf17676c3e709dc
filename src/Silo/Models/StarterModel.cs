using BtcAgent.Domain.Features;
using BtcAgent.Exchanges.Simulator.History;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Training;
using BtcAgent.Research.Weights;

namespace BtcAgent.Silo.Models;

/// <summary>
/// Trains a small forest on the simulated venue's history. The same options, seed and code give the same artefact: the
/// history ends at a fixed time.
/// </summary>
internal static class StarterModel
{
    /// <summary>Share of the whole work that making the history is.</summary>
    private const double HistoryShare = 0.85;

    private static readonly Timestamp End = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));

    /// <param name="instrument">Its symbol must be one that the venue trades.</param>
    /// <param name="features">Of the agent.</param>
    /// <param name="venue">Of the embedded venue.</param>
    /// <param name="options">How much history, which label.</param>
    /// <param name="progress">Told what it does and the share done, 0…1.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public static ModelArtefact Train(
        InstrumentId instrument,
        FeatureOptions features,
        SimulatorOptions venue,
        StarterOptions options,
        Action<string, double> progress,
        CancellationToken cancellationToken)
    {
        var rows = new EventRows(instrument, features);
        SimulatedHistory.Run(
            venue,
            instrument.Symbol,
            End,
            TimeSpan.FromMinutes(options.HistoryMinutes),
            rows.OnEvent,
            new Share<double>(share => progress("simulating history", HistoryShare * share)),
            cancellationToken);
        var data = rows.ToDataset();
        var path = PricePath.FromRows(data, TimeSpan.FromMilliseconds(2.0 * features.SampleIntervalMs));
        var labels = new FixedHorizonLabeler(TimeSpan.FromSeconds(options.HorizonSeconds)).Label(data, path);
        var dataset = new StoredDataset(data, labels, UniquenessWeights.Of(data, labels));
        var plan = new TrainingPlan
        {
            Name = "starter",
            Folds = 3,
            Rounds = 80,
            EarlyStoppingRounds = 10,
            LearningRate = 0.05,
            Leaves = 7,
            MinRowsInLeaf = 200,
            FeatureFraction = 0.5,
            FeeBps = options.CostBps,
            Embargo = 0,
            Seed = venue.Seed,
            Threads = 1,
        };
        var source = FormattableString.Invariant(
            $"{options.HistoryMinutes} min of the simulated venue, seed {venue.Seed}, {venue.OrdersPerSecond} orders/s");
        var run = new ModelTrainer(dataset, plan, TrainingLineage.Of(dataset, source)).Run(
            source,
            withModel: true,
            new Share<TrainingStep>(step => progress(step.What, HistoryShare + ((1 - HistoryShare) * step.Share))),
            cancellationToken);
        return run.Artefact!;
    }

    private sealed class Share<T>(Action<T> told) : IProgress<T>
    {
        public void Report(T value) => told(value);
    }
}
