using BtcAgent.Cli.Output;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Signals;

namespace BtcAgent.Cli.Replays;

/// <summary>The very model that signed a recorded score: a rule by its id, a trained one by its hash.</summary>
internal sealed class RecordedModel : IDisposable
{
    private readonly ServableForest? _forest;

    private RecordedModel(ISignalModel model, ServableForest? forest) => (Model, _forest) = (model, forest);

    public ISignalModel Model { get; }

    /// <param name="signal">Recorded.</param>
    /// <param name="places">Where an artefact may be.</param>
    /// <param name="schema">Of the samples.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ReplayException">Not found, or of another hash.</exception>
    /// <exception cref="ModelRefusedException">The artefact cannot be served.</exception>
    public static RecordedModel Open(Signal signal, ArtefactPlaces places, FeatureSchema schema, CancellationToken cancellationToken)
    {
        if (signal.ModelId == AbsentModel.Name)
        {
            // Why there was none is not made from the market: it is what the signal says.
            return new(new AbsentModel(signal.Refusals.FirstOrDefault(refusal => refusal.Code == SignalGate.ModelNotReady).Detail ?? ""), null);
        }

        if (SignalModels.IsRule(signal.ModelId))
        {
            return new(SignalModels.CreateRule(signal.ModelId, schema), null);
        }

        var forest = new ForestLoader().Open(Find(signal, places, cancellationToken));
        return new(forest.CreateSignalModel(schema), forest);
    }

    /// <summary>What each feature added to the raw score (TreeSHAP); null of a rule.</summary>
    public ModelExplanation? Explain(FeatureSample sample) => _forest?.Explain(sample.Values.AsSpan());

    public void Dispose()
    {
        (Model as IDisposable)?.Dispose();
        _forest?.Dispose();
    }

    private static ModelArtefact Find(Signal signal, ArtefactPlaces places, CancellationToken cancellationToken)
    {
        if (places.File is { } file)
        {
            var given = ModelArtefact.Read(file);
            return given.Hash == signal.ModelHash || places.TakesAnother
                ? given
                : throw new ReplayException(
                    $"it was decided by model {signal.ModelId} of hash {signal.ModelHash}; '{file}' is {given.Id} of hash {given.Hash}: "
                    + "give that one, or add --another-model to see where this one's decision parts");
        }

        return places.Folder is { } folder ? FindIn(folder, signal)
            : places.Postgres is { } postgres ? StoredArtefact.Find(postgres, signal, cancellationToken)
            : throw new ReplayException(
                $"it was decided by model {signal.ModelId}: give its artefact with --model, a folder that holds it with --models, "
                + $"or the cluster's database with --postgres or {ArtefactOptions.PostgresVariable}");
    }

    private static ModelArtefact FindIn(string folder, Signal signal)
    {
        if (!Directory.Exists(folder))
        {
            throw new ReplayException($"there is no folder '{folder}'");
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            if (Read(path) is { } artefact && artefact.Hash == signal.ModelHash)
            {
                return artefact;
            }
        }

        throw new ReplayException($"no artefact in '{folder}' is model {signal.ModelId} of hash {signal.ModelHash}");
    }

    /// <summary>Null for what is no artefact, or a damaged one: a folder may hold other things.</summary>
    private static ModelArtefact? Read(string path)
    {
        try
        {
            return ModelArtefact.Read(path);
        }
        catch (ModelRefusedException)
        {
            return null;
        }
    }
}
