using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Parity;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>
/// What every artefact passes before it is served, however it came: its text through our own parser, its manifest and its ONNX
/// file held against that text, and the parity gate again, with the managed evaluator. What the manifest says of parity is a claim.
/// </summary>
internal static class ArtefactGate
{
    /// <summary>Of the gate that is run at each opening; training ran all of its own.</summary>
    private static readonly ParityOptions Rows = new() { Rows = 4_000 };

    /// <returns>The text's trees.</returns>
    /// <exception cref="ModelRefusedException">The files do not belong together, or cannot be served.</exception>
    public static Forest Pass(ModelArtefact artefact)
    {
        var (forest, manifest) = (Read(artefact), artefact.Manifest);
        if (!forest.FeatureNames.SequenceEqual(manifest.Features.Select(f => f.Name)))
        {
            throw new ModelRefusedException("the features of model.txt are not those of the manifest, in its order");
        }

        if (forest.Trees.Length != manifest.Trees || forest.Objective.Text != manifest.Objective)
        {
            throw new ModelRefusedException(
                $"model.txt has {forest.Trees.Length} trees for '{forest.Objective.Text}', the manifest says {manifest.Trees} for '{manifest.Objective}'");
        }

        OnnxScreen.Check(artefact.Onnx, forest);
        var report = ParityGate.Compare(forest, artefact.Onnx, Rows);
        return report.Passed
            ? forest
            : throw new ModelRefusedException($"'{artefact.Id}' is not at parity: {string.Join("; ", report.Reasons)}");
    }

    private static Forest Read(ModelArtefact artefact)
    {
        try
        {
            return Forest.Parse(artefact.Text);
        }
        catch (ModelFormatException e)
        {
            throw new ModelRefusedException($"{ModelArtefact.TextFile}, {e.Message}", e);
        }
    }
}
