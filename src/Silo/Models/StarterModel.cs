using BtcAgent.Domain.Features;
using BtcAgent.Exchanges.Simulator.History;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Training;
using BtcAgent.Research.Weights;

namespace BtcAgent.Silo.Models;

/// <summary>
/// Trains a small forest on the simulated venue's history. The same options, seed and code give the same artefact: the
/// history ends at a fixed time.
/// </summary>
internal static class StarterModel
{
    /// <summary>Share of the work spent on simulating the history.</summary>
    private const double HistoryShare = 0.85;

    private static readonly Timestamp End = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));

    /// <param name="instrument">An instrument whose symbol the venue trades.</param>
    /// <param name="features">The agent's feature options.</param>
    /// <param name="venue">Options of the embedded venue.</param>
    /// <param name="options">Length of the history, and the label.</param>
    /// <param name="progress">Called with the current step and the completed share, 0…1.</param>
    /// <param name="cancellationToken">Checked frequently.</param>
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
            options.History,
            rows.OnEvent,
            new ProgressCallback<double>(share => progress("simulating history", HistoryShare * share)),
            cancellationToken);
        var data = rows.ToDataset();
        HideClock(data, FeatureSchema.Create(features));
        var path = PricePath.FromRows(data, TimeSpan.FromMilliseconds(2.0 * features.SampleIntervalMs));
        var labels = new FixedHorizonLabeler(options.Horizon).Label(data, path);
        var dataset = new StoredDataset(data, labels, UniquenessWeights.Of(data, labels));
        var plan = new TrainingPlan
        {
            Name = "starter",
            Folds = 3,
            Rounds = 80,
            EarlyStoppingRounds = 10,
            LearningRate = 0.05,
            Leaves = 4,
            MinRowsInLeaf = 100,
            FeatureFraction = 0.3,
            ValidationShare = 0.3,
            FeeBps = options.CostBps,
            Embargo = 0,
            Seed = venue.Seed,
            Threads = 1,
        };
        var source = FormattableString.Invariant(
            $"{options.HistoryMinutes} min of the simulated venue, seed {venue.Seed}, {venue.OrdersPerSecond} orders/s");
        var run = new ModelTrainer(dataset, plan, TrainingLineage.Of(dataset, source), LookAheadReport.LivePipeline).Run(
            source,
            withModel: true,
            new ProgressCallback<TrainingStep>(step => progress(step.What, HistoryShare + ((1 - HistoryShare) * step.Share))),
            cancellationToken);
        return run.Artefact!;
    }

    /// <summary>
    /// Hides the calendar: in a few hours each moment has its own, by which a forest would memorise the moves instead of learning
    /// what leads them.
    /// </summary>
    private static void HideClock(FeatureDataset data, FeatureSchema schema)
    {
        for (var i = 0; i < data.Values.Length; i++)
        {
            if (schema.Definitions[i % schema.Count].Group == FeatureGroup.Calendar)
            {
                data.Values[i] = 0;
            }
        }
    }

    private sealed class ProgressCallback<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
