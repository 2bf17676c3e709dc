using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Health;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Execution;
using BtcAgent.Grains.Features;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Execution;
using BtcAgent.Grains.Tests.Models;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace BtcAgent.Grains.Tests.Risk;

/// <summary>
/// A running agent: every grain, the streams between them, and the watch over its health. Each scenario has its own
/// instrument, portfolio and strategy, named for its code, and supplies the market.
/// </summary>
internal sealed class AgentRig(IEnumerable<string> codes, RiskLimits limits, ScriptedVenue? venue) : IAsyncDisposable
{
    /// <summary>Longer than a sample: an order is still in flight when the next sample is decided.</summary>
    private const int PaperLatencyMs = 1_100;

    private readonly string[] _codes = [.. codes];
    private InProcessTestCluster _cluster = null!;

    public ScenarioModels Models { get; } = new();

    public UnreadableStorage Storage { get; } = new();

    public ScriptedStoreCondition Store { get; } = new();

    public DecisionList Journal { get; } = new();

    public ScriptedVenue Venue => venue ?? throw new InvalidOperationException("orders are on paper here");

    /// <summary>The whole agent's clock, so that the windows of its measures can pass.</summary>
    public SkippingTime Time { get; } = new();

    public LatencyBoard Latencies { get; private set; } = null!;

    /// <summary>Gives each strategy a canary portfolio of 10,000 USDT, named by <see cref="CanaryOf"/>.</summary>
    public bool HasCanaries { get; init; }

    /// <summary>Id of the streams: another id simulates another process.</summary>
    public string LogId { get; set; } = "first";

    public RecordedLog<FeatureGrain> FeatureLog { get; } = new();

    public ActivationFailures Failures => _cluster.Silos[0].ServiceProvider.GetRequiredService<ActivationFailures>();

    public IGrainFactory Grains => _cluster.Client;

    public async ValueTask StartAsync()
    {
        Latencies = new LatencyBoard(Time);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGrainStorage(GrainStateNames.Provider, (_, _) => Storage);
            silo.Services.AddSingleton<IStoreCondition>(Store);
            silo.AddMemoryStreams(StreamNames.Provider, streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
                streams.ConfigurePullingAgent(agents => agents.Configure(agent => agent.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(1)));
            });
            silo.Services.AddSingleton<IFactPublisher>(Journal);
            silo.Services.AddSingleton<IModelLoader>(Models);
            silo.Services.AddTransient(_ => new StreamLog(LogId));
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.AddTradingGrains();
            silo.Services.AddSingleton<ILatencyBoard>(Latencies);
            silo.Services.AddSingleton<ILogger<FeatureGrain>>(FeatureLog);
            silo.Services.Configure<AgentOptions>(Configure);
            silo.Services.Configure<LiveOptions>(live => live.Parity.MinOrders = 1);
            if (venue is not null)
            {
                silo.Services.AddSingleton<IExecutionVenue>(venue);
            }
        });
        builder.ConfigureClient(client => client.AddMemoryStreams(
            StreamNames.Provider, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly)));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>Ends the activation; the next call starts from what is stored.</summary>
    public Task RestartAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public Scenario Begin(string code) => new(this, code, _cluster.Client.ServiceProvider.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider));

    public static string CanaryOf(string code) => $"{Scenario.Name(code)}-canary";

    public async Task PromoteAsync(string code)
    {
        var registry = Grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);
        Assert.Null((await registry.Register([.. System.Text.Encoding.UTF8.GetBytes(Scenario.Name(code))], Scenario.Name(code))).Refusal);
        Assert.Null((await registry.Move(Scenario.Name(code), ModelStage.Champion, "test", "scenario")).Refusal);
    }

    private void Configure(AgentOptions options)
    {
        options.Instruments = [.. _codes.Select(Scenario.InstrumentOf)];
        options.Portfolios = [.. _codes.Select(code => new PortfolioOptions { Id = Scenario.Name(code), InitialBalances = { ["USDT"] = 100_000 } })];
        options.Portfolios.AddRange((HasCanaries ? _codes : []).Select(code => new PortfolioOptions { Id = CanaryOf(code), InitialBalances = { ["USDT"] = 10_000 } }));
        options.Signals = new SignalOptions { CoolDownMs = 0, MinConfidence = 0 };
        options.Limits = limits;
        options.DecisionAgeMsMax = 60_000;
        options.Paper.LatencyMs = PaperLatencyMs;
        options.Strategies =
        [
            .. _codes.Select(code => new StrategyOptions
            {
                Name = Scenario.Name(code),
                Model = SignalModels.Trained,
                Instrument = Scenario.InstrumentOf(code),
                Portfolio = Scenario.Name(code),
                CanaryPortfolio = HasCanaries ? CanaryOf(code) : "",
            }),
        ];
    }
}
