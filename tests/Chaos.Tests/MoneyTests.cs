using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests;

/// <summary>
/// A running agent's books against the account that the venue keeps, with fees, dust, deposits and manual trades.
/// </summary>
public sealed class MoneyTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-money-");
    private SimulatedVenue _venue = null!;
    private VenueRecords _records = null!;
    private AgentProcess _agent = null!;
    private int _orders;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _records.Dispose();
        await _venue.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Books_FeesInBnbDustAndTransfers_AreWorthTheVenuesAccount()
    {
        await StartAsync(paysFeesInBnb: true, new() { ["Agent:Portfolios:0:Allocation:BNB"] = "all", ["Agent:ValuationSeconds"] = "2" });
        await PlaceAsync("buy", "2");
        await PlaceAsync("sell", "1.23456");
        await PlaceAsync("buy", "0.5");
        _venue.Transfer(DrillStage.ApiKey, "USDT", 1_234.56789m);
        _venue.Transfer(DrillStage.ApiKey, "BTC", -0.75m);
        _venue.Transfer(DrillStage.ApiKey, "BTC", 0.00000321m); // Below any lot.
        _venue.Transfer(DrillStage.ApiKey, "BNB", 1.5m);

        // Without a trade in BNB: its price is read for valuation only.
        JsonElement books = default;
        await Eventually.TrueAsync("books and account hold the same", async () =>
        {
            books = await PortfolioAsync();
            var balances = await _records.BalancesAsync(Cancellation);
            return new[] { "BNB", "BTC", "USDT" }.All(asset => Amount(books.GetProperty("balances"), asset) == balances[asset]);
        }, Soon);
        var fee = Assert.Single(books.GetProperty("feeAssets").EnumerateArray());
        Assert.Equal("BNB", fee.GetProperty("asset").GetString());
        Assert.Equal(0, fee.GetProperty("uncounted").GetDecimal());
        var trades = await _records.AllTradesAsync(DrillStage.Symbol, Cancellation);
        Assert.Equal(trades.Sum(t => VenueRecords.Amount(t, "commission")), fee.GetProperty("paid").GetDecimal());

        var worth = 0m;
        await Eventually.TrueAsync("equity is the account's worth at the venue's prices", async () =>
        {
            books = await PortfolioAsync();
            var account = await _records.BalancesAsync(Cancellation);
            worth = account["USDT"] + (account["BTC"] * await _records.MidAsync(DrillStage.Symbol, Cancellation))
                + (account["BNB"] * await _records.MidAsync("BNBUSDT", Cancellation));
            return Math.Abs(books.GetProperty("equity").GetDecimal() - worth) < worth * 0.0002m; // The market moves between the two readings.
        }, Soon);
        var (gross, net, fees) = (Money(books, "grossRealizedPnl"), Money(books, "netRealizedPnl"), Money(books, "fees"));
        Assert.True(fees > 100, $"{fees}");
        Assert.Equal(gross - fees, net);
        Assert.Equal(Money(books, "equity") - Money(books, "initialEquity"), net + Money(books, "unrealizedPnl"));

        // The price of BNB becomes older than a second between two readings: positions can only shrink, and the decision gives
        // the reason.
        using var changed = await _agent.Http.PutAsJsonAsync(
            "/api/v1/portfolios/main/limits/MaxValuationAgeMs", new { value = 1_000, reason = "drill" }, Cancellation);
        Assert.True(changed.IsSuccessStatusCode);
        await Eventually.TrueAsync("UNVALUED_FEES refuses", async () => (await AnswerAsync("buy", "0.01")).Contains("UNVALUED_FEES", StringComparison.Ordinal), Soon);
        await PlaceAsync("sell", "0.01");
    }

    [Fact]
    public async Task FirstStart_CoinsThatWereThere_StayOutside()
    {
        await StartAsync(paysFeesInBnb: false, new()
        {
            ["Agent:Portfolios:0:Allocation:BTC"] = "0.5",
            ["Agent:Portfolios:0:Allocation:USDT"] = "100000",
            ["Agent:Limits:MaxOrderNotional"] = "5000",
        });
        var opened = await PortfolioAsync();
        Assert.Equal(9.5m, Amount(opened.GetProperty("outside").GetProperty("balances"), "BTC"));
        Assert.Equal(900_000, Amount(opened.GetProperty("outside").GetProperty("balances"), "USDT"));

        // A person sells coins of the outside, and makes a deposit: neither affects the portfolio or causes a halt.
        await _records.PlaceByHandAsync(DrillStage.Symbol, "SELL", "2", Cancellation);
        _venue.Transfer(DrillStage.ApiKey, "USDT", 5_000);
        await Eventually.TrueAsync("the outside is noted", async () =>
        {
            var outside = (await PortfolioAsync()).GetProperty("outside").GetProperty("balances");
            return Amount(outside, "BTC") == 7.5m && Amount(outside, "USDT") > 1_000_000;
        }, Soon);
        await Eventually.TrueAsync("the market is known", async () => (await AnswerAsync("buy", "0.01")).Contains("\"approved\"", StringComparison.Ordinal), Soon);

        // The first signal used to close everything in the account: all ten coins in one order.
        using var flatten = await _agent.Http.PostAsJsonAsync("/api/v1/control/flatten", new { reason = "drill" }, Cancellation);
        Assert.True(flatten.IsSuccessStatusCode);
        await Eventually.TrueAsync(
            "the portfolio's own coins are sold", async () => Amount((await PortfolioAsync()).GetProperty("balances"), "BTC") < 0.0001m, Soon);

        var (portfolio, account) = (default(JsonElement), new Dictionary<string, decimal>());
        await Eventually.TrueAsync("account = portfolio + outside", async () =>
        {
            portfolio = await PortfolioAsync();
            account = await _records.BalancesAsync(Cancellation);
            var outside = portfolio.GetProperty("outside").GetProperty("balances");
            return new[] { "BTC", "USDT" }.All(a => Amount(portfolio.GetProperty("balances"), a) + Amount(outside, a) == account[a]);
        }, Soon);
        Assert.InRange(account["BTC"], 7.5m, 7.5001m);
        Assert.InRange(Money(portfolio, "equity"), 100_000, 150_000);
        var orders = (await _records.AllOrdersAsync(DrillStage.Symbol, Cancellation)).Where(o => o.GetProperty("clientOrderId").GetString() != "web_by-hand").ToList();
        Assert.True(orders.Count > 5, $"{orders.Count} orders for half a coin");
        Assert.All(orders, order => Assert.True( // Sized at the mid, filled a little beside it.
            VenueRecords.Amount(order, "cummulativeQuoteQty") <= 5_000 * 1.01m, order.ToString()));
    }

    [Fact]
    public async Task AcceptBalances_WithAnOrderOnItsWay_IsRefusedWithTheReason()
    {
        await StartAsync(paysFeesInBnb: false, []);
        await Eventually.TrueAsync("the market is known", async () => (await AnswerAsync("buy", "0.01")).Contains("\"approved\"", StringComparison.Ordinal), Soon);
        await Eventually.TrueAsync("an order without an answer refuses it", async () =>
        {
            _venue.Faults.Plan(FaultKind.TimeOutBefore); // Of the order, unless a question of a comparison comes first.
            await AnswerAsync("buy", "0.02");
            using var refused = await AcceptAsync();
            return refused.StatusCode == HttpStatusCode.Conflict
                && (await refused.Content.ReadAsStringAsync(Cancellation)).Contains("is in flight", StringComparison.Ordinal);
        }, Soon);
        _venue.Faults.Stop();
        await Eventually.TrueAsync("the balances are accepted at a still moment", async () =>
        {
            using var answer = await AcceptAsync();
            return answer.IsSuccessStatusCode;
        }, Soon);
        await Eventually.TrueAsync("nothing was booked twice", async () =>
        {
            var (books, account) = (await PortfolioAsync(), await _records.BalancesAsync(Cancellation));
            return new[] { "BTC", "USDT" }.All(asset => Amount(books.GetProperty("balances"), asset) == account[asset]);
        }, Soon);
        var trades = await _records.AllTradesAsync(DrillStage.Symbol, Cancellation);
        Assert.Equal(trades.Count, Money(await PortfolioAsync(), "fillCount"));
    }

    private async Task StartAsync(bool paysFeesInBnb, Dictionary<string, string> settings)
    {
        var options = DrillStage.VenueOptions();
        options.Symbols = ["BTCUSDT", "BNBUSDT"];
        options.StartPrices["BNBUSDT"] = 600;
        options.Accounts[0].PaysFeesInBnb = paysFeesInBnb;
        options.Accounts[0].Balances["BNB"] = 5;
        _venue = new SimulatedVenue(options, TimeProvider.System, NullLoggerFactory.Instance);
        await _venue.StartAsync(Cancellation);
        _records = new VenueRecords(_venue.RestAddress, DrillStage.ApiKey, DrillStage.Secret);
        var port = ChaosDrill.FreePort();
        _agent = AgentProcess.Start(
            port,
            [.. DrillStage.Arguments(_venue, port, _folder.FullName), .. settings.SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" })],
            DrillStage.AgentEnvironment());
        Assert.True(await _agent.WaitUntilAgreesAsync(_folder.FullName, Cancellation), _agent.Tail);
    }

    private async Task<JsonElement> PortfolioAsync() =>
        (await _agent.GetAsync(_folder.FullName, "/api/v1/portfolios/main", Cancellation))!.Value.GetProperty("portfolio");

    private async Task PlaceAsync(string side, string quantity)
    {
        var fills = Money(await PortfolioAsync(), "fillCount");
        await Eventually.TrueAsync(
            $"{side} {quantity} is approved", async () => (await AnswerAsync(side, quantity)).Contains("\"approved\"", StringComparison.Ordinal), Soon);
        await Eventually.TrueAsync($"{side} {quantity} fills", async () => Money(await PortfolioAsync(), "fillCount") > fills, Soon);
    }

    private async Task<string> AnswerAsync(string side, string quantity)
    {
        var body = new Dictionary<string, object>
        {
            ["requestId"] = $"r{++_orders}",
            ["portfolio"] = "main",
            ["instrument"] = "BINANCE:BTCUSDT",
            ["side"] = side,
            ["type"] = "market",
            ["quantity"] = quantity,
        };
        using var answer = await _agent.Http.PostAsJsonAsync("/api/v1/orders", body, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private Task<HttpResponseMessage> AcceptAsync() =>
        _agent.Http.PostAsJsonAsync("/api/v1/executions/accept-balances", new { reason = "drill" }, Cancellation);

    private static decimal Money(JsonElement portfolio, string name) => portfolio.GetProperty(name).GetDecimal();

    private static decimal Amount(JsonElement balances, string asset) => balances.TryGetProperty(asset, out var amount) ? amount.GetDecimal() : 0;
}
