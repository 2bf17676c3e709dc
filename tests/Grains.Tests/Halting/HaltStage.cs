using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Grains.Activations;
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

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// The grains from tick to order, with a store and a venue whose every wait a test ends, and a clock that a test moves.
/// Between two moves the grains run until they wait: <see cref="QuietAsync"/>.
/// </summary>
public sealed partial class HaltStage : IAsyncLifetime
{
    public const string Portfolio = "main";

    internal static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private const int QuietRounds = 3;
    private const int RoundsMax = 20_000;
    private const int StepsMax = 1_000;

    private static readonly TimeSpan StepMax = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>In real time: a stage that never rests fails with these words, not with the build's time-out.</summary>
    private static readonly TimeSpan RestMax = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan StepsWithin = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(1);

    private InProcessTestCluster _cluster = null!;
    private IGrainFactory _grains = null!;
    private int _sample;

    public HaltStage()
    {
        Storage = new GatedStorage(Gates);
        Venue = new GatedVenue(Gates, Time);
    }

    internal GateBoard Gates { get; } = new();

    internal GatedStorage Storage { get; }

    internal GatedVenue Venue { get; }

    internal ClusterTime Time { get; } = new(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Set before the first start: no venue, orders are on paper.</summary>
    internal bool OnPaper { get; init; }

    internal ITradingControlGrain Control => _grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);

    internal IRiskGrain Risk => _grains.GetGrain<IRiskGrain>(Portfolio);

    internal IExecutionGrain Execution => _grains.GetGrain<IExecutionGrain>($"{Portfolio}/{Btc.Key}");

    internal IPortfolioGrain Books => _grains.GetGrain<IPortfolioGrain>(Portfolio);

    internal IInstrumentGrain Instrument => _grains.GetGrain<IInstrumentGrain>(Btc.Key);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGrainStorage(GrainStateNames.Provider, (_, _) => Storage);
            silo.AddMemoryStreams(StreamNames.Provider, s => s.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.AddSingleton<ILatencyBoard, LatencyBoard>();
            silo.Services.AddActivationWatch();
            silo.Services.AddSingleton<IFactPublisher>(new DecisionList());
            silo.Services.AddSingleton(StrategyCatalog.BuiltIn);
            silo.Services.AddSingleton<IModelLoader, MissingModelLoader>();
            silo.Services.Configure<AgentOptions>(Configure);
            if (!OnPaper)
            {
                silo.Services.AddSingleton<IExecutionVenue>(Venue);
            }
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        _grains = _cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();
        await Instrument.SetRules(PlainRules.Of(Btc));
        await QuoteAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>A portfolio that has never traded and agrees with an account of this much base asset.</summary>
    internal async Task BeginAsync(decimal baseBalance = 0)
    {
        Gates.Reset((_, _) => false);
        Gates.OpenAll();
        for (var time = 0; time < 2; time++)
        {
            await QuietAsync();
            // A grain that ends may call, and thereby start, another one with its old state.
            foreach (IAddressable grain in new IAddressable[] { Control, Risk, Execution, Books })
            {
                await RestartAsync(grain);
            }

            Storage.Reset();
            Venue.Reset(baseBalance);
        }

        Venue.IgnoresPermits = false;
        await Instrument.SetRules(PlainRules.Of(Btc));
        if (!(await Instrument.GetSnapshot(0)).Quote.IsTwoSided)
        {
            await QuoteAsync();
        }

        await Risk.GetStatus();
        await UntilAsync("the orders agree with the venue", async () => (await Execution.GetStatus()) is { IsReconciling: false });
        await SampleAsync(SignalDirection.Flat);
        await QuietAsync();
    }

    /// <summary>Ends the activation; calls that wait for the clock end first.</summary>
    internal async Task RestartAsync(IAddressable grain)
    {
        var ended = _cluster.DeactivateAsync(grain);
        for (var step = 0; !ended.IsCompleted; step++)
        {
            Assert.True(step < StepsMax, $"{grain.GetGrainId()} does not end: {string.Join(", ", Gates.Waiting.Select(gate => gate.Name))}");
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(ended, Task.Delay(StepMax, TimeProvider.System));
        }

        await ended;
    }

    /// <summary>
    /// Returns to the state before the feed's first start: the next <see cref="BeginAsync"/> restores the rules.
    /// </summary>
    internal async Task ForgetRulesAsync()
    {
        await RestartAsync(Instrument);
        await Storage.ForgetAsync(GrainStateNames.Instrument, Instrument.GetGrainId());
        await RestartAsync(Instrument);
    }

    /// <summary>Waits for the answer to a command while the clock advances: within a second, whatever hangs.</summary>
    internal async Task<T> AnswerAsync<T>(Task<T> asked)
    {
        await QuietAsync();
        for (var ms = 0; !asked.IsCompleted && ms < 1_000; ms += 100)
        {
            await AdvanceAsync(100);
        }

        Assert.True(asked.IsCompleted, "not answered within a second of the agent's clock");
        return await asked;
    }

    /// <summary>
    /// Completes when every grain only waits for a gate or the clock. Grains run on the thread pool: at rest nothing is
    /// queued there and nothing runs. A suspended thread counts as running, so that a busy machine only makes this slower.
    /// No other test may run beside it.
    /// </summary>
    internal static async Task QuietAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        for (int quiet = 0, round = 0; quiet < QuietRounds; round++)
        {
            Assert.True(
                round < RoundsMax && TimeProvider.System.GetElapsedTime(since) < RestMax,
                $"the grains do not come to rest: {ThreadPool.PendingWorkItemCount} work items wait after {round} rounds");
            await Task.Delay(Round, TimeProvider.System);
            quiet = IsAtRest() ? quiet + 1 : 0;
        }
    }

    private static bool IsAtRest()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return ThreadPool.PendingWorkItemCount == 0 && most - available <= 1; // One asks.
    }

    /// <summary>Moves the clock and runs everything that was waiting for it.</summary>
    internal async Task AdvanceAsync(double milliseconds)
    {
        Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        await QuietAsync();
    }

    /// <summary>Moves the clock in steps until the condition holds.</summary>
    internal async Task UntilAsync(string what, Func<Task<bool>> isSo, int stepsMax = 200)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var step = 0; !await isSo(); step++)
        {
            Assert.True(
                step < stepsMax && TimeProvider.System.GetElapsedTime(since) < StepsWithin, $"not after {step} of {stepsMax} steps of 100 ms: {what}");
            await AdvanceAsync(100);
        }
    }

    internal Timestamp Now() => Timestamp.FromDateTimeOffset(Time.GetUtcNow());

    private async Task QuoteAsync()
    {
        var stream = _cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider)
            .GetStream<MarketDataBatch>(StreamId.Create(StreamNames.MarketData, Btc.Key));
        var quote = new MarketEvent
        {
            Kind = MarketEventKind.Quote,
            Sequence = 1,
            EventTime = Now(),
            ReceiveTime = Now(),
            Price = Price.Parse("49999"),
            Quantity = Quantity.Parse("1"),
            AskPrice = Price.Parse("50001"),
            AskQuantity = Quantity.Parse("1"),
        };
        await stream.OnNextAsync(new MarketDataBatch(Btc, 1, [quote], [], Now()));
        await Eventually.TrueAsync("a quote", async () =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            return (await Instrument.GetSnapshot(0)).Quote.IsTwoSided;
        }, Limit);
    }

    private static void Configure(AgentOptions options)
    {
        options.Instruments = [Btc.Key];
        options.Portfolios = [new PortfolioOptions { Id = Portfolio, InitialBalances = { ["USDT"] = 100_000 }, Allocation = { ["BTC"] = "all" } }];
        options.Signals = new SignalOptions { CoolDownMs = 0 };
        options.Limits.CoolDownMs = 0;
        options.Limits.StaleDataMs = int.MaxValue;
        options.Limits.MaxOrdersPerMinute = 100_000;
        options.Limits.System.Action = BreakerAction.Flatten;
        options.Strategies =
        [
            new StrategyOptions { Name = "s0", Model = SignalModels.FlowMomentum, Instrument = Btc.Key, Portfolio = Portfolio },
        ];
    }
}
