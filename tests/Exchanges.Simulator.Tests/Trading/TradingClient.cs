using System.Collections.Concurrent;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Exchanges.Binance;
using BtcAgent.Exchanges.Binance.Execution;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>A venue with one account, and the agent's own connector to it.</summary>
internal sealed class TradingClient : IUserDataSink, IAsyncDisposable
{
    public const string Key = "test-key";
    public const string Secret = "test-secret";

    public static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _ending = new();
    private Task _reading = Task.CompletedTask;
    private int _number;

    private TradingClient(RunningVenue running, ServiceProvider services)
    {
        Running = running;
        _services = services;
        Venue = services.GetRequiredService<IExecutionVenue>();
    }

    public RunningVenue Running { get; }

    public SimulatedVenue Simulated => Running.Venue;

    public IExecutionVenue Venue { get; }

    public ConcurrentQueue<ExecutionReport> Reports { get; } = new();

    public ConcurrentQueue<BalanceTransfer> Transfers { get; } = new();

    public ConcurrentQueue<string> Connections { get; } = new();

    public static async Task<TradingClient> StartAsync(
        bool withStream = true, Action<SimulatorOptions>? configure = null, Action<BinanceTradingOptions>? trading = null, TimeProvider? time = null)
    {
        var running = await RunningVenue.StartAsync(options =>
        {
            options.Accounts.Add(new AccountOptions { ApiKey = Key, SecretKey = Secret, Balances = new() { ["BTC"] = 2, ["USDT"] = 200_000 } });
            configure?.Invoke(options);
        });
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging(logging => logging.ClearProviders());
        services.AddBinanceMarketData(options =>
        {
            options.RestBaseAddress = running.Venue.RestAddress;
            options.StreamBaseAddress = running.Venue.StreamAddress;
            options.BackOffStartSeconds = 0.02;
            options.BackOffMaxSeconds = 0.1;
        });
        services.AddBinanceTrading(options =>
        {
            options.WebSocketApiAddress = running.Venue.WebSocketApiAddress;
            options.ApiKey = Key;
            options.SecretKey = Secret;
            options.AnswerTimeoutSeconds = 1;
            options.RecvWindowMs = 1_000;
            options.SilenceSeconds = 0.6;
            trading?.Invoke(options);
        });
        var client = new TradingClient(running, services.BuildServiceProvider());
        if (withStream)
        {
            client._reading = client._services.GetRequiredService<IUserDataFeed>().RunAsync(client, client._ending.Token);
            await Eventually.TrueAsync("user data", () => Task.FromResult(client.Connections.Contains("connected")), TimeSpan.FromSeconds(10));
        }

        return client;
    }

    public OrderIntent Intent(OrderType type, Side side, string quantity, string? limit = null, string? stop = null, int? trailing = null, string? id = null, TimeInForce time = TimeInForce.GoodTillCanceled)
    {
        var decision = DecisionId.From("test", $"s{++_number}", Btc, Timestamp.Unknown);
        return new OrderIntent
        {
            ClientOrderId = id ?? decision.ClientOrderId(0),
            Decision = decision,
            Portfolio = "test",
            Instrument = Btc,
            Side = side,
            Type = type,
            TimeInForce = time,
            Quantity = Quantity.Parse(quantity),
            LimitPrice = limit is null ? null : Price.Parse(limit),
            StopPrice = stop is null ? null : Price.Parse(stop),
            TrailingDeltaBps = trailing,
            EventTime = Timestamp.Unknown,
            ReferencePrice = 60_000,
            ReducesRisk = false,
        };
    }

    /// <summary>A permit that is never withdrawn.</summary>
    public static SendPermit Permit() => new(new Timestamp(long.MaxValue));

    /// <summary>Somebody else with the account's key.</summary>
    public AccountHand Hand() => new(Running.Venue.RestAddress, Key, Secret, TimeProvider.System);

    public Task<VenueAnswer> PlaceAsync(OrderIntent intent) => Venue.PlaceAsync(intent, Permit(), Running.Limit);

    public Task<TradingRules> RulesAsync() => _services.GetRequiredService<IMarketFeed>().GetTradingRulesAsync(Btc, Running.Limit);

    /// <summary>Request weight of this minute, as the connector counts it.</summary>
    public int WeightUsed => _services.GetRequiredService<BinanceRestClient>().Budget.Used;

    public Task<VenueOrder?> FindAsync(OrderIntent intent) => Venue.FindOrderAsync(Btc, intent.ClientOrderId, Running.Limit);

    public Task SeesAsync(string what, Func<bool> condition) =>
        Eventually.TrueAsync(what, () => Task.FromResult(condition()), TimeSpan.FromSeconds(8));

    /// <summary>A price that far from the market, on the passive side.</summary>
    public string Away(Side side, decimal fraction = 0.05m)
    {
        lock (Simulated.Gate)
        {
            var mid = Simulated.Markets["BTCUSDT"].LastPrice.ToDecimal();
            return decimal.Round(side == Side.Buy ? mid * (1 - fraction) : mid * (1 + fraction), 2).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public Task OnConnectedAsync()
    {
        Connections.Enqueue("connected");
        return Task.CompletedTask;
    }

    public Task OnDisconnectedAsync(string reason)
    {
        Connections.Enqueue(reason);
        return Task.CompletedTask;
    }

    public Task OnReportAsync(InstrumentId instrument, ExecutionReport report)
    {
        Reports.Enqueue(report);
        return Task.CompletedTask;
    }

    public Task OnOtherSymbolAsync(string symbol) => throw new InvalidOperationException($"an order on {symbol}");

    public Task OnUnreadableAsync(string? symbol, string problem, string payload) => throw new InvalidOperationException($"{problem}: {payload}");

    public Task OnTransferAsync(BalanceTransfer transfer)
    {
        Transfers.Enqueue(transfer);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        await _services.DisposeAsync();
        await Running.DisposeAsync();
    }
}
