using System.Globalization;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Models.LightGbm.Scoring;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>An opened artefact: one ONNX session for all its scorers, and native LightGBM for explanations, on demand.</summary>
public sealed class ServableForest : IServableModel, IDisposable
{
    private readonly ModelArtefact _artefact;
    private readonly OnnxModel _model;
    private readonly Lock _lock = new();
    private Booster? _booster;

    /// <exception cref="ModelRefusedException">Not a binary model, or an ONNX file that does not load or fit.</exception>
    public ServableForest(ModelArtefact artefact)
    {
        if (!artefact.Manifest.Objective.StartsWith("binary", StringComparison.Ordinal))
        {
            throw new ModelRefusedException(
                $"a signal needs a binary model, '{artefact.Id}' has objective '{artefact.Manifest.Objective}'");
        }

        _artefact = artefact;
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
        CheckNames(schema);
        if (schema.Hash != Description.SchemaHash)
        {
            throw new ModelRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"model '{Description.Id}' was trained on feature schema {Description.SchemaHash:x16}, samples here have {schema.Hash:x16}: set Agent:Features as in its training, or train it anew"));
        }

        return new ForestSignalModel(Description.Id, Description.Hash, _artefact.Manifest, _model);
    }

    public ModelExplanation Explain(ReadOnlySpan<float> features)
    {
        if (features.Length != _artefact.Manifest.Features.Length)
        {
            throw new ArgumentException($"{features.Length} values for {_artefact.Manifest.Features.Length} features");
        }

        lock (_lock)
        {
            _booster ??= Booster.FromText(_artefact.Text);
            var contributions = _booster.Predict(features, features.Length, PredictionKind.Contribution);
            return new ModelExplanation(contributions[^1], [.. contributions[..^1]], contributions.Sum());
        }
    }

    /// <summary>A feature in another place would be scored as if it were the one that stood there.</summary>
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

    public void Dispose()
    {
        _booster?.Dispose();
        _model.Dispose();
    }
}
