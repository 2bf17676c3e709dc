using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using BtcAgent.Domain;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Tests.Models;

/// <summary>Opens artefacts that describe what to score: <c>id|hash|Long</c>.</summary>
internal sealed class ScriptedModels : IModelLoader
{
    /// <summary>Models whose id begins with it have no verdict, like those of earlier versions.</summary>
    public const string Unproven = "unproven";

    private readonly ConcurrentQueue<Scorer> _scorers = [];

    /// <summary>Reasons to refuse opening, by model id.</summary>
    public ConcurrentDictionary<string, string> Refusals { get; } = [];

    /// <summary>Models whose scorers throw.</summary>
    public ConcurrentDictionary<string, string> Failures { get; } = [];

    /// <summary>What scoring waits for, holding its thread, by model id.</summary>
    public ConcurrentDictionary<string, ManualResetEventSlim> Blocks { get; } = [];

    /// <summary>Trainings of the models, by id; unknown for others.</summary>
    public ConcurrentDictionary<string, ModelBaseline> Baselines { get; } = [];

    /// <summary>Scores as computed again, by model id; the served ones for others.</summary>
    public ConcurrentDictionary<string, double> Recomputed { get; } = [];

    /// <summary>What opening waits for, by model id.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource> Gates { get; } = [];

    public static ImmutableArray<byte> Artefact(string id, SignalDirection direction = SignalDirection.Long, string hash = "h") =>
        [.. Encoding.UTF8.GetBytes($"{id}|{hash}|{direction}")];

    public IEnumerable<Scorer> ScorersOf(string id) => _scorers.Where(s => s.Id == id);

    public async Task<IServableModel> LoadAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken)
    {
        var parts = Encoding.UTF8.GetString(artefact.Span).Split('|');
        if (parts.Length != 3)
        {
            throw new ModelRefusedException("the artefact is damaged: model.onnx has another checksum");
        }

        if (Gates.TryGetValue(parts[0], out var gate))
        {
            await gate.Task;
        }

        await Task.Yield();
        return Refusals.TryGetValue(parts[0], out var reason)
            ? throw new ModelRefusedException(reason)
            : new Model(this, parts[0], parts[1], Enum.Parse<SignalDirection>(parts[2]));
    }

    private sealed class Model(ScriptedModels models, string id, string hash, SignalDirection direction) : IServableModel
    {
        public ModelDescription Description { get; } = new()
        {
            Id = id,
            Hash = hash,
            SchemaHash = 1,
            Objective = "binary sigmoid:1",
            Trees = 3,
            Features = ["a", "b"],
            Label = "60 s return",
            TrainedFrom = Timestamp.FromUnixMilliseconds(1),
            TrainedTo = Timestamp.FromUnixMilliseconds(2),
            Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("auc", 0.61).Add("brier", double.NaN),
            Lineage = ImmutableSortedDictionary<string, string>.Empty.Add("seed", "1"),
            ParityRows = 20_000,
            ParityDifference = 1e-9,
            Verdict = id.StartsWith(Unproven, StringComparison.Ordinal)
                ? null
                : new Verdict(VerdictState.Survives, [new("TRADES", true, 40, 30, "40 round trips.")]),
        };

        public ISignalModel CreateSignalModel(FeatureSchema schema)
        {
            var scorer = new Scorer(models, id, hash, direction);
            models._scorers.Enqueue(scorer);
            return scorer;
        }

        public ModelExplanation Explain(ReadOnlySpan<float> features) => new(0.5, [features[0], features[1]], 0.5 + features[0] + features[1]);
    }

    internal sealed class Scorer(ScriptedModels models, string id, string hash, SignalDirection direction) : ITrainedModel, IDisposable
    {
        public string Id => id;

        public string Hash => hash;

        public Timestamp TrainedTo { get; init; }

        public bool IsDisposed { get; private set; }

        public ModelBaseline Baseline { get; } = models.Baselines.GetValueOrDefault(id, ModelBaseline.Unknown);

        public ScoreRange Recompute(ReadOnlySpan<float> values)
        {
            var score = models.Recomputed.GetValueOrDefault(id, (int)direction);
            return new(score, score);
        }

        public void OnBar(in Bar bar)
        {
        }

        public ModelScore Score(FeatureSample sample)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            if (models.Blocks.TryGetValue(id, out var block))
            {
                block.Wait(TimeSpan.FromSeconds(10));
            }

            return models.Failures.TryGetValue(id, out var failure)
                ? throw new InvalidOperationException(failure)
                : new ModelScore(direction, (int)direction, 1, double.NaN);
        }

        public void Dispose() => IsDisposed = true;
    }
}
