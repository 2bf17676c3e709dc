using BtcAgent.Cli.Output;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Cli.Replays;

/// <summary>Possible places of a trained model's artefact; only the first one given is searched.</summary>
/// <param name="File">A folder or a zip that is the artefact.</param>
/// <param name="Folder">Folder of artefacts; the one with the recorded hash is used.</param>
/// <param name="Postgres">Connection string of the cluster's database, whose model grains store their artefacts.</param>
/// <param name="TakesAnother">True to accept an artefact with another hash, to see where its decision diverges.</param>
internal sealed record ArtefactPlaces(string? File, string? Folder, string? Postgres, bool TakesAnother)
{
    /// <exception cref="ReplayException">The artefact is not found, or has another hash.</exception>
    /// <exception cref="ModelRefusedException">The given artefact cannot be read.</exception>
    public ModelArtefact Find(Signal signal, CancellationToken cancellationToken)
    {
        if (File is { } file)
        {
            var given = ModelArtefact.Read(file);
            return given.Hash == signal.ModelHash || TakesAnother
                ? given
                : throw new ReplayException(
                    $"model {signal.ModelId} with hash {signal.ModelHash} decided; '{file}' is {given.Id} with hash {given.Hash}: "
                    + "give that one, or add --another-model to see where this one's decision diverges");
        }

        return Folder is { } folder ? FindIn(folder, signal)
            : Postgres is { } postgres ? StoredArtefact.Find(postgres, signal, cancellationToken)
            : throw new ReplayException(
                $"model {signal.ModelId} decided: give its artefact with --model, a folder that contains it with --models, "
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

        throw new ReplayException($"no artefact in '{folder}' is model {signal.ModelId} with hash {signal.ModelHash}");
    }

    /// <summary>Returns null for other files and damaged artefacts, which a folder may contain.</summary>
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
