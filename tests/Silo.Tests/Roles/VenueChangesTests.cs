using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>A running agent whose venue closes a symbol, moves its reference price and takes its servers down.</summary>
public sealed class VenueChangesTests : IAsyncLifetime
{
    private const string Symbol = "BTCUSDT";
    private static readonly KeyValuePair<string, string?>[] Settings =
    [
        new("Feeds:RulesSeconds", "1"),
        new("Agent:Strategies:0:Fallback", ""),
        new("Logging:LogLevel:Default", "Warning"),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-venue-");
    private RunningAgent _agent = null!;
    private int _orders;

    private SimulatedVenue Venue => _agent.Services.GetRequiredService<SimulatedVenue>();

    public async ValueTask InitializeAsync() => _agent = await RunningAgent.StartAsync(_folder.FullName, Settings);

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Venue_ClosesMovesItsPriceAndShutsDown_OrdersAreRefusedByNameAndTheFeedHasNoHole()
    {
        await SeesAsync("an order passes", failed => failed.Count == 0);

        Venue.Operations.SetStatus(Symbol, "CANCEL_ONLY");
        await SeesAsync("refused by the status", failed => failed.GetValueOrDefault("VENUE_NOT_TRADING", "").Contains("CANCEL_ONLY", StringComparison.Ordinal));
        Venue.Operations.SetStatus(Symbol, "TRADING");
        await SeesAsync("an order passes again", failed => failed.Count == 0);

        // 60 USDT at the market price, but less than a tenth of a cent at this one.
        Venue.Operations.SetReferencePrice(Symbol, Price.Parse("1"));
        await SeesAsync("refused by the reference price", failed => failed.ContainsKey("MIN_NOTIONAL"));
        Venue.Operations.SetReferencePrice(Symbol, null);
        await SeesAsync("an order passes without one", failed => failed.Count == 0);

        Venue.Operations.AnnounceShutdown();
        await Eventually.TrueAsync("another connection", () => Task.FromResult(Venue.StreamConnections == 2), Patience);
        Venue.Operations.CloseAnnounced();
        await Eventually.TrueAsync("the old one is gone", () => Task.FromResult(Venue.StreamConnections == 1), Patience);
        await SeesAsync("an order passes over it", failed => failed.Count == 0);
        var health = (await _agent.GetAsync("/api/v1/instruments"))[0].GetProperty("health");
        Assert.Equal((0, 0), (health.GetProperty("interruptions").GetInt64(), health.GetProperty("sequenceHoles").GetInt64()));
    }

    /// <summary>Requests a small order repeatedly until exactly the expected checks fail.</summary>
    private async Task SeesAsync(string what, Func<Dictionary<string, string>, bool> wanted)
    {
        var last = "no answer";
        await Eventually.TrueAsync(
            what,
            async () =>
            {
                var (status, answer) = await PlaceAsync();
                last = $"{status} {answer}";
                return status is HttpStatusCode.OK or HttpStatusCode.Conflict && wanted(FailedOf(answer));
            },
            Patience,
            () => last);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PlaceAsync()
    {
        var body = new Dictionary<string, object>
        {
            ["requestId"] = $"venue-{++_orders}",
            ["portfolio"] = "main",
            ["instrument"] = "BINANCE:BTCUSDT",
            ["side"] = "buy",
            ["quantity"] = "0.001",
            ["type"] = "market",
        };
        using var response = await _agent.Http.PostAsJsonAsync("/api/v1/orders", body, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    private static Dictionary<string, string> FailedOf(JsonElement answer) =>
        answer.GetProperty("decision").GetProperty("checks").EnumerateArray().Where(check => !check.GetProperty("passed").GetBoolean()).ToDictionary(
            check => check.GetProperty("code").GetString()!,
            check => check.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : "",
            StringComparer.Ordinal);
}
