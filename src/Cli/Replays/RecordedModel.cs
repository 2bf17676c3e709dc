using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Signals;

namespace BtcAgent.Cli.Replays;

/// <summary>Opens the very model that signed a recorded score: a rule by its id, a trained one by its hash.</summary>
internal static class RecordedModel
{
    /// <param name="signal">Recorded.</param>
    /// <param name="file">Artefact given; null for none.</param>
    /// <param name="folder">Folder of artefacts; null for none.</param>
    /// <param name="schema">Of the samples.</param>
    /// <exception cref="ReplayException">Not given, or of another hash.</exception>
    /// <exception cref="ModelRefusedException">The artefact cannot be served.</exception>
    public static ISignalModel Open(Signal signal, string? file, string? folder, FeatureSchema schema)
    {
        if (signal.ModelId == AbsentModel.Name || SignalModels.IsRule(signal.ModelId))
        {
            return SignalModels.CreateRule(signal.ModelId, schema);
        }

        var artefact = file is not null ? ModelArtefact.Read(file)
            : folder is not null ? FindIn(folder, signal)
            : throw new ReplayException($"it was decided by model {signal.ModelId}: give its artefact with --model, or a folder that holds it with --models");
        return artefact.Hash == signal.ModelHash
            ? new ForestLoader().Open(artefact).CreateSignalModel(schema)
            : throw new ReplayException($"it was decided by model {signal.ModelId} of hash {signal.ModelHash}; '{file}' is {artefact.Id} of hash {artefact.Hash}");
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
