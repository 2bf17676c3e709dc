using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Signals;

namespace BtcAgent.Research.Replays;

/// <summary>The model of a recorded score: a rule by its id, a trained model by its hash.</summary>
public sealed class RecordedModel : IDisposable
{
    private readonly ServableForest? _forest;

    private RecordedModel(ISignalModel model, ServableForest? forest) => (Model, _forest) = (model, forest);

    public ISignalModel Model { get; }

    /// <param name="signal">The recorded signal.</param>
    /// <param name="schema">Schema of the samples.</param>
    /// <param name="strategies">Returns the strategies that one with this id may be of.</param>
    /// <param name="find">Returns the artefact of a trained model by its id and hash.</param>
    /// <exception cref="ModelRefusedException">The artefact cannot be served.</exception>
    public static RecordedModel Open(Signal signal, FeatureSchema schema, Func<string, StrategyCatalog> strategies, Func<Signal, ModelArtefact> find)
    {
        if (signal.ModelId == AbsentModel.Name)
        {
            // The reason for a missing model does not come from market data, so it is taken from the signal.
            return new(new AbsentModel(signal.Refusals.FirstOrDefault(refusal => refusal.Code == SignalGate.ModelNotReady).Detail ?? ""), null);
        }

        if (StrategyCatalog.IsRule(signal.ModelId))
        {
            var model = strategies(signal.ModelId).CreateById(signal.ModelId, schema);
            return model.Hash == signal.ModelHash
                ? new(model, null)
                : throw new ModelRefusedException(
                    $"{signal.ModelHash} decided, and the strategy here is {model.Hash}: its source differs, replay with the source that decided");
        }

        var forest = new ForestLoader().Open(find(signal));
        return new(forest.CreateSignalModel(schema), forest);
    }

    /// <summary>Returns each feature's contribution to the raw score (TreeSHAP); null for a rule.</summary>
    public ModelExplanation? Explain(FeatureSample sample) => _forest?.Explain(sample.Values.AsSpan());

    public void Dispose()
    {
        (Model as IDisposable)?.Dispose();
        _forest?.Dispose();
    }
}
