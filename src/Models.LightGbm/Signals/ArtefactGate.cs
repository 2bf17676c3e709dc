using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Conversion;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>
/// The checks that every artefact must pass before it is served: our parser reads its text, its manifest and ONNX file must
/// match the text, and the conversion check runs again with the managed evaluator, since the manifest's result is only a
/// claim.
/// </summary>
internal static class ArtefactGate
{
    /// <summary>Options of the check at each opening; training has run the full one.</summary>
    private static readonly ConversionCheckOptions Rows = new() { Rows = 4_000 };

    /// <returns>The forest of the model text.</returns>
    /// <exception cref="ModelRefusedException">The files do not match, or cannot be served.</exception>
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
        var report = ConversionCheck.Compare(forest, artefact.Onnx, Rows);
        return report.Passed
            ? forest
            : throw new ModelRefusedException($"'{artefact.Id}' does not pass the conversion check: {string.Join("; ", report.Reasons)}");
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
