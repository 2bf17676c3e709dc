using System.Collections.Immutable;
using BtcAgent.Contracts.Models;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Client.Api;

/// <summary>Explains a decision's score, or gives the reason why it cannot; the decision is shown either way.</summary>
internal static class ScoreExplanations
{
    public static async Task<(ScoreExplanation? Explanation, string? None)> FindAsync(
        Decision decision, FeatureSchema schema, IGrainFactory grains)
    {
        var id = decision.Signal.ModelId;
        if (id == AbsentModel.Name)
        {
            return (null, "no model scored this sample");
        }

        if (StrategyCatalog.IsRule(id))
        {
            return (null, $"{id} is a rule: a formula computes its score, not trees");
        }

        // Only the registry knows whether an id exists; a call to an unknown model grain would create an empty one.
        if (await grains.Models().Find(id) is not { Description: var model })
        {
            return (null, $"model {id} is no longer registered");
        }

        if (model.Hash != decision.Signal.ModelHash || model.SchemaHash != decision.Sample.SchemaHash)
        {
            return (null, $"model {id} is registered with a different hash or schema than the decision's");
        }

        if (InOrderOf(model, decision.Sample, schema) is not { } values)
        {
            return (null, $"the sample's features differ from those of model {id}");
        }

        try
        {
            var explained = await grains.GetGrain<IModelGrain>(id).Explain(values);
            return (
                new ScoreExplanation(
                    id,
                    explained.Baseline,
                    explained.RawScore,
                    [.. model.Features.Select((name, i) => new FeatureContribution(name, values[i], explained.Contributions[i]))]),
                null);
        }
        catch (Exception e) when (e is ModelRefusedException or TimeoutException or Orleans.Runtime.OrleansException)
        {
            return (null, $"model {id} cannot be explained now: {e.Message}");
        }
    }

    private static ImmutableArray<float>? InOrderOf(ModelDescription model, FeatureSample sample, FeatureSchema schema)
    {
        if (sample.SchemaHash != schema.Hash)
        {
            // Made with other settings: the names and order of the values are only known if they match the model's.
            return model.Features.Length == sample.Values.Length ? sample.Values : null;
        }

        var places = schema.Definitions.Select((d, i) => (d.Name, i)).ToDictionary(d => d.Name, d => d.i, StringComparer.Ordinal);
        return model.Features.All(places.ContainsKey) ? [.. model.Features.Select(name => sample.Values[places[name]])] : null;
    }
}
