using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Features;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Silo.Models;

namespace BtcAgent.Silo.Training;

/// <summary>Trains the starter model in this process, for measurements: the agent trains it in a separate process, with the same result.</summary>
internal static class StarterTrainer
{
    /// <param name="instrument">An instrument whose symbol the venue trades.</param>
    /// <param name="features">The agent's feature options.</param>
    /// <param name="venue">Options of the embedded venue.</param>
    /// <param name="options">Length of the history, and the label.</param>
    /// <param name="progress">Called with the current step and the completed share of it, 0…1.</param>
    /// <param name="cancellationToken">Checked frequently.</param>
    public static ModelArtefact Train(
        InstrumentId instrument, FeatureOptions features, SimulatorOptions venue, StarterOptions options, Action<string, double> progress, CancellationToken cancellationToken)
    {
        var strategy = new StrategyOptions { Name = "starter", Instrument = instrument.Key };
        var job = new TrainerJob
        {
            Id = "train-0",
            Request = StarterModel.Request(strategy, options, venue.Seed),
            Features = features,
            HistoryFolder = null,
            Venue = venue,
            Threads = 1,
            ReaderMb = 64,
        };

        // A simulated history is not awaited.
        var (dataset, prepared) = TrainingSamples.PrepareAsync(job, progress, cancellationToken).GetAwaiter().GetResult();
        return TrainerWork.Train(job, dataset, prepared.Source, progress, cancellationToken).Artefact!;
    }
}
