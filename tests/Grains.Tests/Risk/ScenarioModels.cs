using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using BtcAgent.Domain;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>Models with scripted scores; an artefact is a model's name.</summary>
internal sealed class ScenarioModels : IModelLoader
{
    public ConcurrentDictionary<string, ModelScore> Scores { get; } = [];

    public ConcurrentDictionary<string, Timestamp> TrainedTo { get; } = [];

    public Task<IServableModel> LoadAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken) =>
        Task.FromResult<IServableModel>(new Model(this, Encoding.UTF8.GetString(artefact.Span)));

    private sealed class Model(ScenarioModels models, string id) : IServableModel, ISignalModel
    {
        public string Id => id;

        public string Hash => id;

        public Timestamp TrainedTo => models.TrainedTo.GetValueOrDefault(id, Timestamp.Unknown);

        public ModelDescription Description { get; } = new()
        {
            Id = id,
            Hash = id,
            SchemaHash = 1,
            Objective = "binary sigmoid:1",
            Trees = 1,
            Features = [],
            Label = "as the scenario says",
            TrainedFrom = Timestamp.FromUnixMilliseconds(1),
            TrainedTo = Timestamp.FromUnixMilliseconds(2),
            Metrics = ImmutableSortedDictionary<string, double>.Empty,
            Lineage = ImmutableSortedDictionary<string, string>.Empty,
            ParityRows = 0,
            ParityDifference = 0,
            Verdict = new Verdict(VerdictState.Survives, [new("TRADES", true, 40, 30, "40 round trips.")]),
        };

        public ISignalModel CreateSignalModel(FeatureSchema schema) => this;

        public ModelExplanation Explain(ReadOnlySpan<float> features) => new(0, [], 0);

        public void OnBar(in Bar bar)
        {
        }

        public ModelScore Score(FeatureSample sample) => models.Scores[id];
    }
}
