using BtcAgent.Cli.Output;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Cli.Replays;

/// <summary>Where the artefact of a trained model may be; the first place given is looked in, the others are not.</summary>
/// <param name="File">A folder or a zip that is the artefact.</param>
/// <param name="Folder">Holds artefacts; that of the recorded hash is taken.</param>
/// <param name="Postgres">Connection string of the cluster's database, whose model grains keep their artefacts.</param>
/// <param name="TakesAnother">An artefact of another hash is taken too, to see where its decision diverges.</param>
internal sealed record ArtefactPlaces(string? File, string? Folder, string? Postgres, bool TakesAnother)
{
    /// <exception cref="ReplayException">Not found, or of another hash.</exception>
    /// <exception cref="ModelRefusedException">The artefact that was named cannot be read.</exception>
    public ModelArtefact Find(Signal signal, CancellationToken cancellationToken)
    {
        if (File is { } file)
        {
            var given = ModelArtefact.Read(file);
            return given.Hash == signal.ModelHash || TakesAnother
                ? given
                : throw new ReplayException(
                    $"it was decided by model {signal.ModelId} of hash {signal.ModelHash}; '{file}' is {given.Id} of hash {given.Hash}: "
                    + "give that one, or add --another-model to see where this one's decision diverges");
        }

        return Folder is { } folder ? FindIn(folder, signal)
            : Postgres is { } postgres ? StoredArtefact.Find(postgres, signal, cancellationToken)
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
