using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Trading;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Instruments;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace BtcAgent.Grains.Tests.Models;

/// <summary>
/// A silo with every grain from tick to order: strategies <c>s0</c>…<c>s39</c> for models, <c>f0</c>…<c>f3</c> with a
/// fallback, and <c>rule</c>.
/// </summary>
public sealed class ModelCluster : IAsyncLifetime
{
    public const string Instrument = "BINANCE:BTCUSDT";

    /// <summary>Scores from one recomputation to the next.</summary>
    public const int ParityEvery = 10;

    private const int StrategyCount = 40;
    private const int FallbackCount = 4;

    private readonly Timestamp _start = Timestamp.FromUnixMilliseconds(1_700_000_000_000);
    private InProcessTestCluster _cluster = null!;
    private int _taken;
    private int _fallbackTaken;

    internal ScriptedModels Loader { get; } = new();

    internal FaultyStorage Storage { get; } = new();

    /// <summary>The silo's options; a test that changes them restores them.</summary>
    internal AgentOptions Agent { get; private set; } = null!;

    internal DecisionList Journal { get; } = new();

    public IModelRegistryGrain Registry => Grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);

    public IGrainFactory Grains => _cluster.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGrainStorage(GrainStateNames.Provider, (_, _) => Storage);
            silo.AddMemoryStreams(StreamNames.Provider, s => s.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<ILatencyBoard, LatencyBoard>();
            silo.Services.AddActivationWatch();
            silo.Services.AddSingleton<IFactPublisher>(Journal);
            silo.Services.AddSingleton(StrategyCatalog.BuiltIn);
            silo.Services.AddSingleton<IModelLoader>(Loader);
            silo.Services.Configure<ModelWatchOptions>(watching => (watching.ParityEvery, watching.Drift) = (
                ParityEvery, new() { RowsMin = 30, CorrelatedRows = 1, StrideMs = 1_000 }));
            silo.Services.Configure<AgentOptions>(options =>
            {
                Configure(options);
                Agent = options;
            });
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await Grains.GetGrain<IInstrumentGrain>(Instrument).SetRules(PlainRules.Of(InstrumentId.Parse(Instrument)));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>A strategy that no other test has used.</summary>
    public string TakeStrategy() => $"s{_taken++}";

    /// <summary>A strategy whose rule <c>flow-momentum</c> trades until its first champion.</summary>
    public string TakeStrategyWithFallback() => $"f{_fallbackTaken++}";

    public ISignalGrain Signals(string strategy) => Grains.GetGrain<ISignalGrain>($"{Instrument}/{strategy}");

    /// <summary>Ends the activation; the next call starts from what is stored.</summary>
    public Task RestartAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public async Task<ModelEntry> RegisterAsync(string id, string strategy, SignalDirection direction = SignalDirection.Long)
    {
        var answer = await Registry.Register(ScriptedModels.Artefact(id, direction), strategy);
        Assert.Null(answer.Refusal);
        return answer.Entry!;
    }

    public async Task<ModelEntry> MoveAsync(string id, ModelStage stage)
    {
        var answer = await Registry.Move(id, stage, "operator", "test");
        Assert.Null(answer.Refusal);
        return answer.Entry!;
    }

    public Task<Decision> EvaluateAsync(string strategy, int second) => Signals(strategy).Evaluate(SampleAt(second));

    public FeatureSample SampleAt(int second)
    {
        var time = _start + TimeSpan.FromSeconds(second);
        return new FeatureSample
        {
            Instrument = InstrumentId.Parse(Instrument),
            EventTime = time,
            ReceiveTime = time,
            LastSequence = second + 1,
            SchemaHash = 1,
            Values = [1f, 2f],
            IsWarm = true,
            Quote = new Quote(Price.Parse("49999"), Quantity.Parse("1"), Price.Parse("50001"), Quantity.Parse("1")),
            BookInSync = true,
            LastEventTime = time,
            ClosedBars = [],
            VolatilityPerSqrtSecond = 1e-4,
        };
    }

    private static void Configure(AgentOptions options)
    {
        options.Instruments = [Instrument];
        options.Portfolios = [new PortfolioOptions { Id = "main", InitialBalances = { ["USDT"] = 100_000 } }];
        options.Signals = new SignalOptions { CoolDownMs = 0 };
        options.Strategies =
        [
            .. Enumerable.Range(0, StrategyCount).Select(i => Strategy($"s{i}", SignalModels.Trained)),
            .. Enumerable.Range(0, FallbackCount).Select(i => Strategy($"f{i}", SignalModels.Trained, SignalModels.FlowMomentum)),
            Strategy("rule", SignalModels.FlowMomentum),
        ];
    }

    private static StrategyOptions Strategy(string name, string model, string fallback = "") =>
        new() { Name = name, Model = model, Fallback = fallback, Instrument = Instrument, Portfolio = "main" };
}
