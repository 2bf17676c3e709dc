using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Contracts.Audit;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Client.Tests.Api;

/// <summary>The grains that the models' endpoints call, over a real roster; every other grain is missing.</summary>
internal sealed class RegistryDouble : IModelRegistryGrain, IModelGrain, ISignalGrain
{
    private ModelRoster _roster = ModelRoster.Empty;

    /// <summary>Model ids whose grain was called.</summary>
    public List<string> Explained { get; } = [];

    public string? Shadow { get; set; }

    public static ModelDescription Describe(string id, ulong schemaHash) => new()
    {
        Id = id,
        Hash = "h",
        SchemaHash = schemaHash,
        Objective = "binary sigmoid:1",
        Trees = 100,
        Features = ["spread_bps", "ofi_15s"],
        Label = "60 s return",
        TrainedFrom = Timestamp.FromUnixMilliseconds(1),
        TrainedTo = Timestamp.FromUnixMilliseconds(2),
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("auc", 0.61),
        Lineage = ImmutableSortedDictionary<string, string>.Empty,
        ParityRows = 20_000,
        ParityDifference = 0,
    };

    public IGrainFactory Factory()
    {
        var factory = DispatchProxy.Create<IGrainFactory, FactoryProxy>();
        ((FactoryProxy)(object)factory).Grain = this;
        return factory;
    }

    public Task<RegistryAnswer> Register(ImmutableArray<byte> artefact, string strategy)
    {
        var text = Encoding.UTF8.GetString(artefact.AsSpan());
        if (!text.StartsWith("PK", StringComparison.Ordinal))
        {
            return Task.FromResult(new RegistryAnswer(null, "not a zip"));
        }

        var change = _roster.Register(Describe(text[2..], FeatureSchema.Create(new FeatureOptions()).Hash), strategy, new Timestamp(1));
        _roster = change.Roster;
        return Task.FromResult(new RegistryAnswer(change.Entry, change.Refusal));
    }

    public Task<ImmutableArray<ModelEntry>> List() => Task.FromResult(_roster.Models);

    public Task<ModelEntry?> Find(string modelId) => Task.FromResult(_roster.Find(modelId));

    public Task<RegistryAnswer> Move(
        string modelId, ModelStage stage, string operatorName, string reason, VerdictOverride? verdictOverride = null)
    {
        var change = _roster.Move(modelId, stage, operatorName, reason, new Timestamp(2), verdictOverride);
        _roster = change.Roster;
        return Task.FromResult(new RegistryAnswer(change.Entry, change.Refusal));
    }

    public Task<ModelExplanation> Explain(ImmutableArray<float> features)
    {
        Explained.Add(string.Join('|', features));
        return Task.FromResult(new ModelExplanation(0.5, [.. features.Select(f => (double)f)], 0.5 + features.Sum()));
    }

    Task<SignalStatus> ISignalGrain.GetStatus() => Task.FromResult(new SignalStatus
    {
        Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
        Strategy = "s",
        AssignmentVersion = 1,
        Champion = new ModelTally("none", "none").Read(),
        Shadows = Shadow is null ? [] : [new ModelTally(Shadow, "h").Read() with { Compared = 4, Agreed = 3 }],
        Refused = [],
    });

    public Task Reassert() => throw new NotSupportedException();

    public Task<ModelDescription> Register(ImmutableArray<byte> artefact) => throw new NotSupportedException();


    public Task<ImmutableArray<byte>> GetArtefact() => throw new NotSupportedException();

    public Task<Decision> Evaluate(FeatureSample sample) => throw new NotSupportedException();

    public Task<ImmutableArray<VirtualAccountSummary>> GetAccounts() => Task.FromResult<ImmutableArray<VirtualAccountSummary>>([]);

    public Task<ImmutableArray<ModelWatchReading>> GetWatches() => Task.FromResult<ImmutableArray<ModelWatchReading>>([]);

    public Task<ImmutableArray<Signal>> GetRecent(int limit) => throw new NotSupportedException();

    public Task<SignalStatus> Assign(ModelAssignment assignment) => throw new NotSupportedException();

    internal class FactoryProxy : DispatchProxy
    {
        public RegistryDouble Grain { get; set; } = null!;

        private readonly AuditDouble _audit = new(TimeProvider.System);

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.ReturnType == typeof(IAuditLogGrain) ? _audit : Grain;
    }
}
