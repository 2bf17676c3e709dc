using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Signals;

namespace BtcAgent.Research.Replays;

/// <summary>The very model that signed a recorded score: a rule by its id, a trained one by its hash.</summary>
public sealed class RecordedModel : IDisposable
{
    private readonly ServableForest? _forest;

    private RecordedModel(ISignalModel model, ServableForest? forest) => (Model, _forest) = (model, forest);

    public ISignalModel Model { get; }

    /// <param name="signal">Recorded.</param>
    /// <param name="schema">Of the samples.</param>
    /// <param name="find">Gives the artefact of a trained model, by its id and hash.</param>
    /// <exception cref="ModelRefusedException">The artefact cannot be served.</exception>
    public static RecordedModel Open(Signal signal, FeatureSchema schema, Func<Signal, ModelArtefact> find)
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

        var forest = new ForestLoader().Open(find(signal));
        return new(forest.CreateSignalModel(schema), forest);
    }

    /// <summary>What each feature added to the raw score (TreeSHAP); null of a rule.</summary>
    public ModelExplanation? Explain(FeatureSample sample) => _forest?.Explain(sample.Values.AsSpan());

    public void Dispose()
    {
        (Model as IDisposable)?.Dispose();
        _forest?.Dispose();
    }
}
