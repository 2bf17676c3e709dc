using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Operations;
using BtcAgent.Exchanges.Simulator.Orders;
using BtcAgent.Exchanges.Simulator.Protocol;
using BtcAgent.Exchanges.Simulator.Rest;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Exchanges.Simulator.Streams;
using BtcAgent.Exchanges.Simulator.WebSocketApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Simulator;

/// <summary>
/// A venue on 127.0.0.1 that speaks Binance spot's protocol, including orders and user data: REST at
/// <see cref="RestAddress"/>, WebSocket streams at <see cref="StreamAddress"/>. Its virtual time follows the given clock.
/// </summary>
public sealed partial class SimulatedVenue : IAsyncDisposable
{
    /// <summary>Interval at which the markets catch up with the clock.</summary>
    private static readonly TimeSpan StepInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Ping interval, and the time until a peer that does not answer is dropped. Binance: 20 s and 1 min.
    /// </summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    /// <summary>Most connections, and most streams: a client must not exhaust the file handles of the process.</summary>
    internal const int ConnectionsMax = 512;

    private readonly SimulatorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly StreamHub _hub = new();
    private readonly StreamHub _apiConnections = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SimulatedMarket> _markets = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private Dictionary<string, VenueAccount> _accounts = [];
    private UserDataHub? _users;
    private OrderDesk? _desk;
    private WebApplication? _app;
    private int _disposed;
    private Task _running = Task.CompletedTask;

    public SimulatedVenue(SimulatorOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<SimulatedVenue>();
        Operations = new VenueOperations(_markets, _hub, _apiConnections, _gate, Now);
    }

    internal IEnumerable<string> Addresses => LoopbackHost.AddressesOf(_app);

    /// <exception cref="InvalidOperationException">Not started.</exception>
    public Uri RestAddress => new(Address());

    /// <exception cref="InvalidOperationException">Not started.</exception>
    public Uri StreamAddress => new(Address().Replace("http://", "ws://", StringComparison.Ordinal));

    /// <exception cref="InvalidOperationException">Not started.</exception>
    public Uri WebSocketApiAddress => new(StreamAddress, "/ws-api/v3");

    /// <summary>The venue's faults; none by default.</summary>
    public VenueFaults Faults { get; } = new();

    /// <summary>Actions of the venue's operators.</summary>
    public VenueOperations Operations { get; }

    /// <summary>Connections dropped because they read too slowly.</summary>
    public long SlowConnectionsDropped => _hub.Overflows;

    internal IReadOnlyDictionary<string, SimulatedMarket> Markets => _markets;

    internal Lock Gate => _gate;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        OpenMarkets();
        _app = LoopbackHost.CreateBuilder(_loggers, _options.Port, ConnectionsMax).Build();
        _app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        var streams = new StreamEndpoint(_hub, topic => _markets.Values.Any(m => m.Topics.Contains(topic)), Faults, _options.ConnectionQueueMax);
        _app.Map("/stream", streams.CombinedAsync);
        _app.Map("/ws/{**stream}", streams.SingleAsync);
        var weights = new WeightMeter(_options.WeightPerMinuteMax, _time);
        _users = new UserDataHub(Faults, Now);
        _desk = new OrderDesk(_markets, _options, _users, Now);
        _accounts = _options.Accounts.ToDictionary(account => account.ApiKey, account => new VenueAccount(account), StringComparer.Ordinal);
        var trading = new TradingApi(_desk, _accounts, _options, new OrderMeter(_options.OrdersPerTenSecondsMax, _time), Faults, _gate, _time);
        _app.Map("/ws-api/v3", new WebSocketApiEndpoint(trading, _users, _apiConnections, weights, Faults, _options.ConnectionQueueMax).HandleAsync);
        new TradingEndpoint(trading, weights, Faults).Map(_app);
        new RestEndpoint(_markets, _gate, weights, Now).Map(_app);
        await _app.StartAsync(cancellationToken);
        LogStarted(_logger, RestAddress, string.Join(", ", _markets.Keys), _options.Seed);
        _running = RunAsync(_stopping.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running;
        _hub.CloseAll();
        if (_app is not null)
        {
            await _app.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _running;
        _hub.CloseAll();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _stopping.Dispose();
    }

    /// <summary>Advances every market to the clock.</summary>
    internal void CatchUp()
    {
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            foreach (var market in _markets.Values)
            {
                market.RunUntil(nowMs);
            }

            _desk?.Settle();
        }
    }

    /// <summary>Open connections to market data streams.</summary>
    public int StreamConnections => _hub.Connections;

    /// <summary>Open subscriptions to user data, of all accounts.</summary>
    public int UserDataSubscriptions => _users?.Subscriptions ?? 0;

    /// <summary>Cuts every connection that carries user data.</summary>
    public void DropUserData() => _users?.DropAll();

    /// <summary>Ends the user-data streams with an announcement, as the venue does.</summary>
    public void TerminateUserData() => _users?.Terminate();

    /// <summary>A deposit into an account, or a withdrawal when negative.</summary>
    /// <exception cref="ArgumentException">No account has that key.</exception>
    public void Transfer(string apiKey, string asset, decimal amount)
    {
        if (!_accounts.TryGetValue(apiKey, out var account))
        {
            throw new ArgumentException("no account has that API key", nameof(apiKey));
        }

        lock (_gate)
        {
            account.Add(asset, amount);
            _users!.Transfer(account, asset, amount);
            _users.Balances(account, asset);
        }
    }

    private void OpenMarkets()
    {
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var startMs = nowMs - (_options.HistorySeconds * 1_000L);
        foreach (var symbol in _options.Symbols)
        {
            _markets[symbol] = new SimulatedMarket(
                symbol,
                MarketSeed.Of(_options.Seed, symbol),
                _options.StartPrices.GetValueOrDefault(symbol, _options.StartPrice),
                _options.OrdersPerSecond,
                startMs,
                new HubPublisher(symbol, _hub));
        }

        CatchUp();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(StepInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                CatchUp();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(_logger);
        }
        catch (Exception e)
        {
            LogFailed(_logger, e);
            _hub.CloseAll();
        }
    }

    /// <summary>The venue's own clock, in milliseconds since 1970.</summary>
    private long Now() => (_time.GetUtcNow() + Faults.ClockOffset).ToUnixTimeMilliseconds();

    private string Address() =>
        Addresses.FirstOrDefault()
        ?? throw new InvalidOperationException("the simulated venue has no address before it is started");

    [LoggerMessage(EventId = 500, Level = LogLevel.Information, Message = "Simulated venue at {Address}: {Symbols}, seed {Seed}")]
    private static partial void LogStarted(ILogger logger, Uri address, string symbols, int seed);

    [LoggerMessage(EventId = 502, Level = LogLevel.Error, Message = "The simulated market failed; its streams are closed")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 501, Level = LogLevel.Information, Message = "Simulated venue stopped")]
    private static partial void LogStopped(ILogger logger);
}
