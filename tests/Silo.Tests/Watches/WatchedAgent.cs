using System.Collections.Immutable;
using System.Text;
using BtcAgent.Contracts.Experiments;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains;
using BtcAgent.Grains.Storage;
using BtcAgent.Silo.Experiments;
using BtcAgent.Silo.Watches;
using BtcAgent.Storage.Volatile;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace BtcAgent.Silo.Tests.Watches;

/// <summary>
/// Every grain from sample to order, with the desks of watches and experiments, whose looks the test decides. Its market is a script
/// of two features.
/// </summary>
internal sealed class WatchedAgent : IAsyncDisposable
{
    public const string Strategy = "watched";
    public const int ParityEvery = 10;

    private const string Instrument = "BINANCE:BTCUSDT";

    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_795_910_400_000);

    private readonly SkippingTime _time = new();
    private readonly AgentOptions _options = new();
    private readonly ModelWatchOptions _watching = new();
    private InProcessTestCluster _cluster = null!;
    private ExperimentDesk _experiments = null!;
    private ModelWatchDesk _watches = null!;
    private int _second;

    private WatchedAgent()
    {
        Models = new WatchedModels(_time);
        Configure(_options);
        Configure(_watching);
    }

    public WatchedModels Models { get; }

    public WatchGauges Gauges { get; } = new();

    public IExperimentsGrain Experiments => _cluster.Client.GetGrain<IExperimentsGrain>(IExperimentsGrain.Key);

    private IModelRegistryGrain Registry => _cluster.Client.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);

    private ISignalGrain Signals => _cluster.Client.GetGrain<ISignalGrain>($"{Instrument}/{Strategy}");

    public static async Task<WatchedAgent> StartAsync()
    {
        var agent = new WatchedAgent();
        await agent.DeployAsync();
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        Gauges.Dispose();
        await _cluster.DisposeAsync();
    }

    public Task RestartAsync() => _cluster.DeactivateAsync(Signals);

    public async Task ServeAsync(string id, ModelStage stage)
    {
        Assert.Null((await Registry.Register([.. Encoding.UTF8.GetBytes(id)], Strategy)).Refusal);
        Assert.Null((await Registry.Move(id, stage, "operator", "a test")).Refusal);
    }

    public async Task<ModelStage> StageAsync(string id) => (await Registry.Find(id))!.Stage;

    /// <summary>Samples with the features of the training, moved by a distance.</summary>
    public async Task PlayAsync(int samples, float moved = 0)
    {
        for (var i = 0; i < samples; i++, _second++)
        {
            await Signals.Evaluate(Sample((_second * 0.618034f % 1) + moved, (_second * 0.754878f % 1) + moved));
        }

        await Eventually.TrueAsync("every watch has taken the last sample", HasTakenAsync, AnswerMax);
    }

    /// <summary>Both desks look once.</summary>
    public async Task LookAsync()
    {
        await _watches.StepAsync();
        await _experiments.StepAsync();
    }

    public async Task<ImmutableArray<TrainingJob>> JobsAsync() =>
        (await _cluster.Client.GetGrain<IOptimizerGrain>(IOptimizerGrain.Key).GetStatus()).Jobs;

    public async Task<ModelWatchReading> ReadingAsync(string id) => (await Signals.GetWatches()).Single(reading => reading.ModelId == id);

    private async Task DeployAsync()
    {
        var storage = new VolatileGrainStorage();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGrainStorage(GrainStateNames.Provider, (_, _) => storage);
            silo.AddMemoryStreams(StreamNames.Provider, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
            silo.Services.AddSingleton<IModelLoader>(Models);
            silo.Services.AddTransient(_ => new StreamLog("watched"));
            silo.Services.AddSingleton<TimeProvider>(_time);
            silo.Services.AddTradingGrains();
            silo.Services.Configure<AgentOptions>(Configure);
            silo.Services.Configure<ModelWatchOptions>(Configure);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await _cluster.Client.GetGrain<IInstrumentGrain>(Instrument).SetRules(new TradingRules
        {
            Instrument = InstrumentId.Parse(Instrument),
            BaseAsset = "BTC",
            QuoteAsset = "USDT",
            TickSize = Price.Parse("0.01"),
            LotSize = Quantity.Parse("0.00001"),
            MinQuantity = Quantity.Parse("0.00001"),
            MaxQuantity = Quantity.Parse("9000"),
            MinNotional = 5,
        });
        _experiments = new ExperimentDesk(
            _cluster.Client,
            Options.Create(_options),
            Options.Create(new ExperimentOptions()),
            new CanaryDesk(_cluster.Client, _time, NullLogger<CanaryDesk>.Instance),
            _time,
            NullLogger<ExperimentDesk>.Instance);
        _watches = new ModelWatchDesk(
            _cluster.Client, Options.Create(_options), Options.Create(_watching), Gauges, _time, NullLogger<ModelWatchDesk>.Instance);
    }

    private static void Configure(AgentOptions options)
    {
        options.Instruments = [Instrument];
        options.Portfolios = [new PortfolioOptions { Id = "main", InitialBalances = { ["USDT"] = 100_000 } }];
        options.Signals = new SignalOptions { CoolDownMs = 0 };
        options.Strategies = [new StrategyOptions { Name = Strategy, Model = SignalModels.Trained, Instrument = Instrument, Portfolio = "main" }];
    }

    private static void Configure(ModelWatchOptions options) =>
        (options.ParityEvery, options.Drift) = (ParityEvery, new() { RowsMin = 30, CorrelatedRows = 1, StrideMs = 1_000 });

    private async Task<bool> HasTakenAsync()
    {
        var (status, watches) = (await Signals.GetStatus(), await Signals.GetWatches());
        return watches.Length == status.Shadows.Length + 1 && watches.All(reading => reading.At == At(_second - 1));
    }

    private static Timestamp At(int second) => Start + TimeSpan.FromSeconds(second);

    private FeatureSample Sample(float a, float b) => new()
    {
        Instrument = InstrumentId.Parse(Instrument),
        EventTime = At(_second),
        ReceiveTime = At(_second),
        LastSequence = _second + 1,
        SchemaHash = 1,
        Values = [a, b],
        IsWarm = true,
        Quote = new Quote(Price.Parse("49999"), Quantity.Parse("1"), Price.Parse("50001"), Quantity.Parse("1")),
        BookInSync = true,
        LastEventTime = At(_second),
        ClosedBars = [],
        VolatilityPerSqrtSecond = 1e-4,
    };
}
