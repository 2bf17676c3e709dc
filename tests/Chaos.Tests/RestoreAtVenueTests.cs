using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests;

/// <summary>
/// Trade A at a venue, back up, trade B, destroy, restore to A: the venue still has the orders and trades of B, and another trader
/// used the account meanwhile. The restored agent finds B before it may trade, and books each trade once.
/// </summary>
public sealed class RestoreAtVenueTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("btcagent-restore-");
    private readonly SimulatedVenue _venue = new(DrillStage.SharedVenueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
    private VenueRecords _records = null!;
    private AgentProcess _agent = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_root.FullName, "data");

    public async ValueTask InitializeAsync()
    {
        await _venue.StartAsync(Cancellation);
        _records = new VenueRecords(_venue.RestAddress, DrillStage.ApiKey, DrillStage.Secret);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _records.Dispose();
        await _venue.DisposeAsync();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task Restore_VenueHasOrdersAndTradesAfterTheBackup_FindsEachOnceAndTradesAgain()
    {
        using var store = new FolderObjectStore(Path.Combine(_root.FullName, "store"));
        var archive = new BackupArchive(store, key: null, _root.FullName, TimeProvider.System);
        await PlaceAsync(Market("a-buy", "buy", "0.05"));
        var kept = await RestAsync("a-kept", "30000");
        var canceled = await RestAsync("a-canceled", "30001");
        await BookedAsync("A");
        var backup = await archive.CreateAsync(Data, Cancellation);

        var repeated = await PlaceAsync(Market("b-buy", "buy", "0.02"));
        await PlaceAsync(Market("b-sell", "sell", "0.01"));
        var added = await RestAsync("b-rest", "30002");
        using (var cancel = await _agent.Http.PostAsJsonAsync($"/api/v1/orders/{canceled}/cancel", new { reason = "drill" }, Cancellation))
        {
            Assert.True(cancel.IsSuccessStatusCode);
        }

        await _records.PlaceByHandAsync(DrillStage.Symbol, "SELL", "0.03", Cancellation);
        await Eventually.TrueAsync("the cancel is at the venue", async () => (await OpenAtVenueAsync()).SequenceEqual(Sorted(kept, added)), Soon);
        await BookedAsync("B");
        var before = await BooksAsync();

        _agent.Dispose(); // SIGKILL
        Directory.Delete(Data, recursive: true);
        await new BackupRestore(archive, TimeProvider.System).RestoreAsync(backup.Contents.Name, Data, force: false, Cancellation);
        await StartAsync();

        var breaker = (await GetAsync("/api/v1/status")).GetProperty("breakers").GetProperty("main");
        Assert.Equal("halted", breaker.GetProperty("mode").GetString());
        Assert.Contains("the state was restored from the backup of ", breaker.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(Market("early", "buy", "0.01"))).Status); // Nothing is sent before an operator resumes.
        await BookedAsync("B of the venue");
        Assert.Equal(before, await BooksAsync());
        // The halt cancels every order of the agent, also that of B which the backup did not have.
        await Eventually.TrueAsync("nothing of A and B is open", async () => (await OpenAtVenueAsync()).Length == 0, Soon);
        // The halt may cancel the order of B at the venue before the agent has read it: then it never knows of it, and nothing is open.
        await Eventually.TrueAsync(
            "the agent knows that its orders ended", async () => await EndedAsync(kept) && (await EndedAsync(added) || !await IsKnownAsync(added)), Soon);

        using (var resumed = await _agent.Http.PostAsJsonAsync("/api/v1/control/resume", new { reason = "compared" }, Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        }

        // Whoever did not get the answer of B sends it again: it is the same order, which is at the venue already.
        var orders = (await OrdersAtVenueAsync()).Count;
        Assert.Equal(repeated, await PlaceAsync(Market("b-buy", "buy", "0.02")));
        await PlaceAsync(Market("c-sell", "sell", "0.01"));
        await Eventually.TrueAsync("C is at the venue", async () => (await OrdersAtVenueAsync()).Count > orders, Soon);
        await BookedAsync("C");
        Assert.Equal(orders + 1, (await OrdersAtVenueAsync()).Count);
        Assert.Equal("active", (await GetAsync("/api/v1/status")).GetProperty("breakers").GetProperty("main").GetProperty("mode").GetString());
    }

    /// <summary>Waits until every trade of the agent at the venue is booked once, and portfolio and outside are the account.</summary>
    private async Task BookedAsync(string what)
    {
        var seen = "";
        await Eventually.TrueAsync(
            $"{what} is booked",
            async () =>
            {
                var (portfolio, account, fills) = (await PortfolioAsync(), await _records.BalancesAsync(Cancellation), await FillsAtVenueAsync());
                seen = $"{fills} trades, account {string.Join(' ', account)}, books {portfolio}";
                return fills > 0 && portfolio.GetProperty("fillCount").GetInt32() == fills && new[] { "BTC", "USDT" }.All(
                    asset => Amount(portfolio, asset) + Amount(portfolio.GetProperty("outside"), asset) == account[asset]);
            },
            Soon,
            () => seen);
    }

    private async Task StartAsync()
    {
        var port = ChaosDrill.FreePort();
        _agent = AgentProcess.Start(port, DrillStage.SharedArguments(_venue, port, Data), DrillStage.AgentEnvironment());
        Assert.True(await _agent.WaitUntilAgreesAsync(Data, Cancellation), _agent.Tail);
    }

    /// <summary>Balances of the portfolio and outside of it.</summary>
    private async Task<string> BooksAsync()
    {
        var portfolio = await PortfolioAsync();
        return string.Join(' ', new[] { portfolio, portfolio.GetProperty("outside") }
            .SelectMany(books => new[] { "BTC", "USDT" }.Select(asset => Amount(books, asset).ToString("0.########", CultureInfo.InvariantCulture))));
    }

    private async Task<JsonElement> PortfolioAsync() => (await GetAsync("/api/v1/portfolios/main")).GetProperty("portfolio");

    private async Task<JsonElement> GetAsync(string path) =>
        await _agent.GetAsync(Data, path, Cancellation) ?? throw new InvalidOperationException($"{path} did not answer:\n{_agent.Tail}");

    private async Task<bool> EndedAsync(string id) => (await GetAsync("/api/v1/orders?limit=500")).EnumerateArray().Any(order =>
        IdOf(order) == id && order.GetProperty("status").GetString() == "canceled" && !order.GetProperty("isByHand").GetBoolean());

    private async Task<bool> IsKnownAsync(string id) => (await GetAsync("/api/v1/orders?limit=500")).EnumerateArray().Any(order => IdOf(order) == id);

    private async Task<string[]> OpenAtVenueAsync() => Sorted(
        [.. (await _records.OpenOrdersAsync(DrillStage.Symbol, Cancellation)).EnumerateArray().Select(order => order.GetProperty("clientOrderId").GetString()!)]);

    /// <summary>The agent's orders at the venue.</summary>
    private async Task<HashSet<long>> OrdersAtVenueAsync() =>
        [.. (await _records.AllOrdersAsync(DrillStage.Symbol, Cancellation)).Where(order => order.GetProperty("clientOrderId").GetString() != "web_by-hand")
            .Select(order => order.GetProperty("orderId").GetInt64())];

    private async Task<int> FillsAtVenueAsync()
    {
        var own = await OrdersAtVenueAsync();
        return (await _records.AllTradesAsync(DrillStage.Symbol, Cancellation)).Count(trade => own.Contains(trade.GetProperty("orderId").GetInt64()));
    }

    private async Task<string> RestAsync(string request, string price)
    {
        var body = Market(request, "buy", "0.001");
        (body["type"], body["limitPrice"]) = ("limit", price);
        var id = await PlaceAsync(body);
        await Eventually.TrueAsync($"{request} rests at the venue", async () => (await OpenAtVenueAsync()).Contains(id), Soon);
        return id;
    }

    /// <summary>Repeats the request until the agent takes it: the market may not be known yet.</summary>
    /// <returns>The client order id.</returns>
    private async Task<string> PlaceAsync(Dictionary<string, object> body)
    {
        JsonElement answer = default;
        await Eventually.TrueAsync(
            $"{body["requestId"]} is taken",
            async () =>
            {
                (var status, answer) = await PostAsync(body);
                return status == HttpStatusCode.OK;
            },
            Soon,
            () => answer.ToString());
        return IdOf(answer.GetProperty("order"));
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(Dictionary<string, object> body)
    {
        using var answer = await _agent.Http.PostAsJsonAsync("/api/v1/orders", body, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    private static Dictionary<string, object> Market(string request, string side, string quantity) => new()
    {
        ["requestId"] = request,
        ["portfolio"] = "main",
        ["instrument"] = "BINANCE:BTCUSDT",
        ["side"] = side,
        ["type"] = "market",
        ["quantity"] = quantity,
    };

    private static string[] Sorted(params string[] ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static string IdOf(JsonElement order) => order.GetProperty("intent").GetProperty("clientOrderId").ToString();

    private static decimal Amount(JsonElement books, string asset) =>
        books.GetProperty("balances").TryGetProperty(asset, out var amount) ? amount.GetDecimal() : 0;
}
