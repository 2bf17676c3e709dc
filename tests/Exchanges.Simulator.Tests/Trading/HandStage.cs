using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>A venue with a stopped clock, so that only the account trades, and the account's hand.</summary>
internal sealed class HandStage : IAsyncDisposable
{
    public const string Symbol = "BTCUSDT";

    private const string Key = "hand-key";
    private const string Secret = "hand-secret";
    private readonly FakeTimeProvider _time;
    private readonly List<JsonElement> _events = [];
    private ClientWebSocket? _socket;

    private HandStage(RunningVenue running, FakeTimeProvider time)
    {
        Running = running;
        _time = time;
        Hand = new AccountHand(running.Venue.RestAddress, Key, Secret, time);
    }

    public RunningVenue Running { get; }

    public AccountHand Hand { get; }

    public SimulatedVenue Venue => Running.Venue;

    public static async Task<HandStage> StartAsync(Action<SimulatorOptions>? configure = null)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var running = await RunningVenue.StartAsync(
            options =>
            {
                options.OrdersPerTenSecondsMax = 10_000;
                options.Accounts.Add(new AccountOptions { ApiKey = Key, SecretKey = Secret, Balances = new() { ["BTC"] = 100, ["USDT"] = 900_000_000 } });
                configure?.Invoke(options);
            },
            time);
        return new HandStage(running, time);
    }

    /// <summary>Lets the venue's clock run.</summary>
    public void Advance(TimeSpan by)
    {
        _time.Advance(by);
        Venue.CatchUp();
    }

    public Task<JsonElement> PlaceAsync(string order) => Hand.PlaceAsync(Symbol, $"{order}&newOrderRespType=FULL", Running.Limit);

    /// <summary>A limit order that rests or takes at a price.</summary>
    public Task<JsonElement> LimitAsync(string side, decimal quantity, decimal price, string more = "") => PlaceAsync(
        string.Create(CultureInfo.InvariantCulture, $"side={side}&type=LIMIT&timeInForce=GTC&quantity={quantity}&price={price}{more}"));

    public Task<JsonElement> OrderAsync(JsonElement placed) =>
        Hand.AskAsync("/api/v3/order", $"symbol={Symbol}&orderId={placed.GetProperty("orderId").GetInt64()}", Running.Limit);

    /// <summary>A price between the best bid and the best ask: an order there is the first of its side.</summary>
    public decimal Inside()
    {
        lock (Venue.Gate)
        {
            var engine = Venue.Markets[Symbol].Engine;
            var (bid, ask) = (engine.BestBid.ToDecimal(), engine.BestAsk.ToDecimal());
            Assert.True(ask - bid >= 0.02m, $"no room between {bid} and {ask}");
            return decimal.Round((bid + ask) / 2, 2, MidpointRounding.ToZero);
        }
    }

    /// <summary>Subscribes to the account's events over the WebSocket API.</summary>
    public async Task ListenAsync()
    {
        _socket = await Running.ConnectAsync("/ws-api/v3");
        var at = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var payload = $"apiKey={Key}&timestamp={at}";
        var signature = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(Secret), System.Text.Encoding.UTF8.GetBytes(payload)));
        var answer = await Running.AskAsync(
            _socket,
            $$$"""{"id":1,"method":"userDataStream.subscribe.signature","params":{"apiKey":"{{{Key}}}","timestamp":{{{at}}},"signature":"{{{signature}}}"}}""");
        Assert.Equal(200, answer.GetProperty("status").GetInt32());
    }

    /// <summary>The next execution report of an order with that execution type; those before it are skipped.</summary>
    public async Task<JsonElement> ReportAsync(JsonElement placed, string type)
    {
        var id = placed.GetProperty("orderId").GetInt64();
        while (true)
        {
            var at = _events.FindIndex(e => e.GetProperty("i").GetInt64() == id && e.GetProperty("x").GetString() == type);
            if (at >= 0)
            {
                var found = _events[at];
                _events.RemoveAt(at);
                return found;
            }

            var message = (await Running.ReceiveAsync(_socket!)).GetProperty("event");
            if (message.GetProperty("e").GetString() == "executionReport")
            {
                _events.Add(message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        Hand.Dispose();
        await Running.DisposeAsync();
    }
}
