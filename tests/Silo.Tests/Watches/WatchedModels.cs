using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using BtcAgent.Domain;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Watches;

/// <summary>Models trained on two features that fill 0…1 evenly; an artefact is a model's name. The score is the first feature.</summary>
internal sealed class WatchedModels(SkippingTime time) : IModelLoader
{
    public static readonly Timestamp TrainedTo = Timestamp.FromUnixMilliseconds(1_790_000_000_000);

    /// <summary>Time that a score takes, by model.</summary>
    public ConcurrentDictionary<string, TimeSpan> Slow { get; } = [];

    /// <summary>Error of the recomputation, by model.</summary>
    public ConcurrentDictionary<string, double> Broken { get; } = [];

    /// <summary>Models that were trained on the moved market, and later.</summary>
    public ConcurrentDictionary<string, float> Newer { get; } = [];

    public Task<IServableModel> LoadAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken) =>
        Task.FromResult<IServableModel>(new Model(this, time, Encoding.UTF8.GetString(artefact.Span)));

    private sealed class Model(WatchedModels models, SkippingTime time, string id) : IServableModel, ITrainedModel
    {
        public string Id => id;

        public string Hash => id;

        public Timestamp TrainedTo => models.Newer.ContainsKey(id) ? WatchedModels.TrainedTo + TimeSpan.FromDays(1) : WatchedModels.TrainedTo;

        public ModelBaseline Baseline { get; } = ModelBaseline.Unknown with
        {
            Distributions = new(["a", "b"], [Bins(models.Newer.GetValueOrDefault(id)), Bins(models.Newer.GetValueOrDefault(id))], null),
            Columns = [0, 1],
        };

        public ModelDescription Description => new()
        {
            Id = id,
            Hash = id,
            SchemaHash = 1,
            Objective = "binary sigmoid:1",
            Trees = 1,
            Features = ["a", "b"],
            Label = "scripted",
            TrainedFrom = TrainedTo - TimeSpan.FromDays(1),
            TrainedTo = TrainedTo,
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

        public ModelScore Score(FeatureSample sample)
        {
            time.Skip(models.Slow.GetValueOrDefault(id));
            return new ModelScore(SignalDirection.Long, sample.Values[0], 1, double.NaN);
        }

        public ScoreRange Recompute(ReadOnlySpan<float> values)
        {
            var score = values[0] + models.Broken.GetValueOrDefault(id);
            return new(score, score);
        }

        private static FeatureBins Bins(float moved)
        {
            var random = new Random(7);
            return FeatureBins.Of([.. Enumerable.Range(0, 3_000).Select(_ => random.NextSingle() + moved)]);
        }
    }
}
