using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Execution;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Models;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Instruments;
using BtcAgent.Grains.Tests.Models;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace BtcAgent.Grains.Tests.Execution;

/// <summary>A silo that trades portfolio <c>main</c>, and others that a test names, at a scripted venue.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    public const string Portfolio = "main";
    public static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly InProcessTestCluster _cluster;

    private LiveCluster(InProcessTestCluster cluster, ScriptedVenue venue, SkippingTime time) => (_cluster, Venue, Time) = (cluster, venue, time);

    public ScriptedVenue Venue { get; }

    public SkippingTime Time { get; }

    public required HangingStorage Storage { get; init; }

    /// <summary>Portfolios of strategies with the same names.</summary>
    public required DecisionList Journal { get; init; }

    public IFeatureGrain Features => _cluster.Client.GetGrain<IFeatureGrain>(Btc.Key);

    public IInstrumentGrain Instrument => _cluster.Client.GetGrain<IInstrumentGrain>(Btc.Key);

    public IExecutionGrain Execution => _cluster.Client.GetGrain<IExecutionGrain>($"{Portfolio}/{Btc.Key}");

    public IPortfolioGrain Books => _cluster.Client.GetGrain<IPortfolioGrain>(Portfolio);

    public IRiskGrain Risk => _cluster.Client.GetGrain<IRiskGrain>(Portfolio);

    public static async Task<LiveCluster> StartAsync(Action<ScriptedVenue>? script = null, params string[] others)
    {
        var venue = new ScriptedVenue();
        var time = new SkippingTime();
        var storage = new HangingStorage();
        var journal = new DecisionList();
        script?.Invoke(venue);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGrainStorage(GrainStateNames.Provider, (_, _) => storage);
            silo.AddMemoryStreams(StreamNames.Provider, s => s.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
            silo.Services.AddSingleton<TimeProvider>(time);
            silo.Services.AddSingleton<ILatencyBoard, LatencyBoard>();
            silo.Services.AddActivationWatch();
            silo.Services.AddSingleton<IFactPublisher>(journal);
            silo.Services.AddSingleton(StrategyCatalog.BuiltIn);
            silo.Services.AddSingleton<IModelLoader, MissingModelLoader>();
            silo.Services.AddSingleton<IExecutionVenue>(venue);
            silo.Services.Configure<LiveOptions>(options => (options.RetryMs, options.QuestionDelayMs) = (10, 0));
            silo.Services.Configure<AgentOptions>(options => Configure(options, [Portfolio, .. others]));
        });
        var cluster = new LiveCluster(builder.Build(), venue, time) { Storage = storage, Journal = journal };
        await cluster._cluster.DeployAsync();
        await cluster._cluster.Client.GetGrain<IInstrumentGrain>(Btc.Key).SetRules(PlainRules.Of(Btc));
        return cluster;
    }

    /// <summary>Submits an order as risk would.</summary>
    public async Task<Order> SubmitAsync(string id, Side side, string quantity)
    {
        var epoch = (await Execution.GetOpenOrders()).Epoch;
        var notAfter = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + TimeSpan.FromSeconds(30);
        return await Execution.Submit(Intent(id, side, quantity), new SendTerms(epoch, notAfter));
    }

    /// <summary>Publishes to the instrument's stream.</summary>
    public Task PublishAsync(MarketDataBatch batch) => _cluster.Silos[0].ServiceProvider
        .GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider)
        .GetStream<MarketDataBatch>(StreamId.Create(StreamNames.MarketData, Btc.Key)).OnNextAsync(batch);

    public Task RestartAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static OrderIntent Intent(string id, Side side, string quantity) => new()
    {
        ClientOrderId = id,
        Decision = DecisionId.From(Portfolio, "test", Btc, Timestamp.Unknown),
        Portfolio = Portfolio,
        Instrument = Btc,
        Side = side,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.GoodTillCanceled,
        Quantity = Quantity.Parse(quantity),
        LimitPrice = Price.Parse("50000"),
        EventTime = Timestamp.FromUnixMilliseconds(1_700_000_000_000),
        ReferencePrice = 50_000,
        ReducesRisk = false,
    };

    private static void Configure(AgentOptions options, string[] portfolios)
    {
        options.Instruments = [Btc.Key];
        options.Portfolios = [.. portfolios.Select(id => new PortfolioOptions { Id = id, InitialBalances = { ["USDT"] = 100_000 } })];
        options.Strategies =
        [
            .. portfolios.Select(id => new StrategyOptions { Name = id, Model = SignalModels.FlowMomentum, Instrument = Btc.Key, Portfolio = id }),
        ];
    }
}
