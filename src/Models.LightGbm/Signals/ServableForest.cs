using System.Globalization;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Scoring;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>An opened artefact: one ONNX session for all its scorers, and the trees of its text for explanations.</summary>
public sealed class ServableForest : IServableModel, IDisposable
{
    private readonly ModelArtefact _artefact;
    private readonly OnnxModel _model;
    private readonly ForestExplainer _explainer;
    private readonly ForestEvaluator _evaluator;

    /// <exception cref="ModelRefusedException">The model is not binary, or its files do not match or cannot be
    /// loaded.</exception>
    public ServableForest(ModelArtefact artefact)
    {
        if (!artefact.Manifest.Objective.StartsWith("binary", StringComparison.Ordinal))
        {
            throw new ModelRefusedException(
                $"a signal needs a binary model, '{artefact.Id}' has objective '{artefact.Manifest.Objective}'");
        }

        _artefact = artefact;
        var forest = ArtefactGate.Pass(artefact);
        (_explainer, _evaluator) = (new ForestExplainer(forest), new ForestEvaluator(forest));
        _model = OnnxModel.Open(artefact.Onnx);
        Description = artefact.Describe();
        if (!_model.FeatureNames.SequenceEqual(Description.Features))
        {
            _model.Dispose();
            throw new ModelRefusedException("the features of model.onnx are not those of the manifest, in its order");
        }
    }

    public ModelDescription Description { get; }

    public ISignalModel CreateSignalModel(FeatureSchema schema)
    {
        if (FeatureSchema.VersionOf(Description.Features) is { } version && version < schema.Version)
        {
            throw new ModelRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"model '{Description.Id}' was trained on features of version {version}, samples here have version {schema.Version}: train it again"));
        }

        CheckNames(schema);
        if (schema.Hash != Description.SchemaHash)
        {
            throw new ModelRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"model '{Description.Id}' was trained on feature schema {Description.SchemaHash:x16}, samples here have {schema.Hash:x16}: set Agent:Features as in its training, or train it again"));
        }

        return new ForestSignalModel(Description.Id, Description.Hash, _artefact.Manifest, schema, _model, _evaluator);
    }

    public ModelExplanation Explain(ReadOnlySpan<float> features) => _explainer.Explain(features);

    /// <summary>Checks names and order: a feature in another place would be scored as a different one.</summary>
    private void CheckNames(FeatureSchema schema)
    {
        var (mine, theirs) = (Description.Features, schema.Definitions);
        for (var i = 0; i < Math.Max(mine.Length, theirs.Length); i++)
        {
            var (has, needs) = (i < theirs.Length ? theirs[i].Name : "none", i < mine.Length ? mine[i] : "none");
            if (has != needs)
            {
                throw new ModelRefusedException(
                    $"model '{Description.Id}' expects feature {i} to be '{needs}', samples here have '{has}'");
            }
        }
    }

    public void Dispose() => _model.Dispose();
}
