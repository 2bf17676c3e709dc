using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Exchanges.Simulator.Faults;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Testing;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.AmendmentTests;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.HandStage;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>What the venue's change log of 2026 brought, at the simulated venue.</summary>
public sealed class VenueOf2026Tests
{
    [Fact]
    public async Task Place_TwoHundredOpenOrders_TheNextIsRefusedAndAmendsStillPass()
    {
        await using var stage = await StartAsync();
        var price = decimal.Round(stage.Inside() * 1.1m, 2);
        JsonElement last = default;
        for (var i = 0; i < 200; i++)
        {
            last = await stage.LimitAsync("SELL", 0.01m, price);
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stage.LimitAsync("SELL", 0.01m, price));
        Assert.Contains("MAX_NUM_ORDERS", refused.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await stage.Hand.AmendAsync(Symbol, last.GetProperty("orderId").GetInt64(), 0.005m, stage.Running.Limit)).Status);
        Assert.Equal(200, (await stage.Hand.AskAsync("/api/v3/openOrders", $"symbol={Symbol}", stage.Running.Limit)).GetArrayLength());
    }

    [Fact]
    public async Task Place_ClientIdOfAnOrderThatFilled_IsTakenAgain()
    {
        await using var stage = await StartAsync();
        var first = await stage.PlaceAsync("side=BUY&type=MARKET&quantity=0.001&newClientOrderId=same");
        var second = await stage.PlaceAsync("side=SELL&type=MARKET&quantity=0.001&newClientOrderId=same");
        Assert.Equal(("FILLED", "FILLED"), (Text(first, "status"), Text(second, "status")));
        Assert.NotEqual(first.GetProperty("orderId").GetInt64(), second.GetProperty("orderId").GetInt64());
    }

    [Fact]
    public async Task CancelOnly_NewOrdersAndAmendsAreRefusedAndCancelsPass()
    {
        await using var stage = await StartAsync();
        var resting = await stage.LimitAsync("SELL", 1, stage.Inside());
        var id = resting.GetProperty("orderId").GetInt64();
        stage.Venue.Operations.SetStatus(Symbol, "CANCEL_ONLY");

        Assert.Equal("CANCEL_ONLY", (await stage.Running.GetAsync("/api/v3/exchangeInfo")).GetProperty("symbols")[0].GetProperty("status").GetString());
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stage.LimitAsync("SELL", 1, stage.Inside()));
        Assert.Contains("Market is closed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(-2038, (await stage.Hand.AmendAsync(Symbol, id, 0.5m, stage.Running.Limit)).Body.GetProperty("code").GetInt32());
        var canceled = await stage.Hand.DoAsync(HttpMethod.Delete, "/api/v3/order", $"symbol={Symbol}&orderId={id}", stage.Running.Limit);
        Assert.Equal("CANCELED", Text(canceled, "status"));
    }

    [Fact]
    public async Task ReferencePrice_SetByHand_BoundsPricesAndMarketNotional()
    {
        await using var stage = await StartAsync();
        var mid = stage.Inside();
        stage.Venue.Operations.SetReferencePrice(Symbol, Price.FromDecimal(mid / 10));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stage.LimitAsync("BUY", 0.01m, mid - 1));
        Assert.Contains("PERCENT_PRICE_BY_SIDE", refused.Message, StringComparison.Ordinal);

        // 6 USDT at the market price are 0.60 at the reference price: below the minimum notional.
        var small = decimal.Round(6 / mid, 5, MidpointRounding.ToPositiveInfinity);
        var tooSmall = await Assert.ThrowsAsync<InvalidOperationException>(
            () => stage.PlaceAsync(FormattableString.Invariant($"side=BUY&type=MARKET&quantity={small}")));
        Assert.Contains("NOTIONAL", tooSmall.Message, StringComparison.Ordinal);

        stage.Venue.Operations.SetReferencePrice(Symbol, null);
        Assert.Equal("NEW", Text(await stage.LimitAsync("BUY", 0.01m, mid - 1), "status"));
    }

    [Fact]
    public async Task ReferencePrice_Questions_AnswerTradesMeanByHandNoneAndNeverSet()
    {
        await using var stage = await StartAsync();
        Assert.InRange(AccountHand.Amount(await ReferenceAsync(stage), "referencePrice"), stage.Inside() * 0.9m, stage.Inside() * 1.1m);
        Assert.Equal("ARITHMETIC_MEAN", Text(await stage.Running.GetAsync($"/api/v3/referencePrice/calculation?symbol={Symbol}"), "calculationType"));
        stage.Venue.Operations.SetReferencePrice(Symbol, Price.Parse("12.5"));
        Assert.Equal("12.50000000", Text(await ReferenceAsync(stage), "referencePrice"));
        stage.Venue.Operations.SetReferencePrice(Symbol, null);
        Assert.Equal(JsonValueKind.Null, (await ReferenceAsync(stage)).GetProperty("referencePrice").ValueKind);
        stage.Venue.Operations.RemoveReferencePrice(Symbol);
        using var response = await stage.Running.Http.GetAsync(new Uri($"/api/v3/referencePrice?symbol={Symbol}", UriKind.Relative), stage.Running.Limit);
        Assert.Contains("-2043", await response.Content.ReadAsStringAsync(stage.Running.Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReferencePrice_Stream_ComesOnceASecond()
    {
        await using var stage = await StartAsync();
        using var socket = await stage.Running.ConnectAsync("/ws/btcusdt@referencePrice");
        stage.Venue.Operations.SetReferencePrice(Symbol, Price.Parse("61000"));
        await stage.Running.AskAsync(socket, """{"method":"LIST_SUBSCRIPTIONS","params":[],"id":1}""");
        stage.Advance(TimeSpan.FromSeconds(1.5));
        var message = await stage.Running.ReceiveAsync(socket);
        Assert.Equal(("referencePrice", Symbol, "61000.00000000"), (Text(message, "e"), Text(message, "s"), Text(message, "r")));
    }

    [Fact]
    public void ReferencePrice_OldestBucketHalfOutside_CountsHalf()
    {
        var reference = new ReferencePrice();
        reference.Add(0, Price.Parse("100"));
        reference.Add(1_000, Price.Parse("400"));
        Assert.Equal(Price.Parse("250"), reference.Current(60_000));
        Assert.Equal(Price.Parse("300"), reference.Current(60_500)); // (50 + 400) / 1.5
        Assert.Equal(Price.Parse("400"), reference.Current(61_000));
        Assert.Null(reference.Current(62_000));
    }

    [Fact]
    public async Task PriceRange_TakerBeyondIt_ExpiresWithTheRulesName()
    {
        await using var stage = await StartAsync();
        var mid = stage.Inside();
        stage.Venue.Operations.SetReferencePrice(Symbol, Price.FromDecimal(mid));
        stage.Venue.Operations.SetPriceRange(Symbol, (0.9999m, 1.0001m));
        Assert.Equal("1.0001", Text((await stage.Running.GetAsync($"/api/v3/executionRules?symbol={Symbol}")).GetProperty("symbolRules")[0].GetProperty("rules")[0], "bidLimitMultUp"));
        var taker = await stage.LimitAsync("BUY", 90, decimal.Round(mid * 1.2m, 2));
        Assert.Equal(("EXPIRED", "EXECUTION_RULE_PRICE_RANGE_EXCEEDED"), (Text(taker, "status"), Text(taker, "expiryReason")));
    }

    [Fact]
    public async Task Shutdown_Announced_SaysSoOnEveryConnectionAndClosesThoseOnly()
    {
        await using var stage = await StartAsync();
        await stage.ListenAsync();
        using var raw = await stage.Running.ConnectAsync("/ws/btcusdt@trade");
        using var combined = await stage.Running.ConnectAsync("/stream?streams=btcusdt@trade");
        await stage.Running.AskAsync(raw, """{"method":"LIST_SUBSCRIPTIONS","params":[],"id":1}""");
        await stage.Running.AskAsync(combined, """{"method":"LIST_SUBSCRIPTIONS","params":[],"id":1}""");
        stage.Venue.Operations.AnnounceShutdown();
        Assert.Equal("serverShutdown", Text(await stage.Running.ReceiveAsync(raw), "e"));
        var wrapped = await stage.Running.ReceiveAsync(combined);
        Assert.Equal(("!serverShutdown", "serverShutdown"), (Text(wrapped, "stream"), Text(wrapped.GetProperty("data"), "e")));

        using var later = await stage.Running.ConnectAsync("/ws/btcusdt@trade");
        await stage.Running.AskAsync(later, """{"method":"LIST_SUBSCRIPTIONS","params":[],"id":1}""");
        stage.Venue.Operations.CloseAnnounced();
        var buffer = new byte[256];
        Assert.Equal(System.Net.WebSockets.WebSocketMessageType.Close, (await raw.ReceiveAsync(buffer, stage.Running.Limit)).MessageType);
        Assert.Equal(1, (await stage.Running.AskAsync(later, """{"method":"LIST_SUBSCRIPTIONS","params":[],"id":1}""")).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Handshake_Refused_AnswersWithStatusAndRetryAfterOnce()
    {
        await using var stage = await StartAsync();
        stage.Venue.Faults.RefuseHandshake(new HandshakeRefusal(418, 7));
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(
            () => socket.ConnectAsync(new Uri(stage.Venue.StreamAddress, "/ws/btcusdt@trade"), stage.Running.Limit));
        Assert.Equal((418, "7"), ((int)socket.HttpStatusCode, socket.HttpResponseHeaders!["Retry-After"].Single()));
        using var second = await stage.Running.ConnectAsync("/ws/btcusdt@trade");
    }

    [Fact]
    public async Task Hold_RequestsWaitUndoneUntilReleased()
    {
        await using var stage = await StartAsync();
        stage.Venue.Faults.Hold();
        var placing = stage.LimitAsync("SELL", 1, stage.Inside());
        Assert.Empty((await stage.Running.GetAsync($"/api/v3/executionRules?symbol={Symbol}")).GetProperty("symbolRules").EnumerateArray());
        Assert.False(placing.IsCompleted);
        stage.Venue.Faults.Release();
        Assert.Equal("NEW", Text(await placing, "status"));
    }

    [Fact]
    public async Task Weight_OrderThatSucceeds_IsFreeAndARefusedOneIsNot()
    {
        await using var stage = await StartAsync();
        var before = await WeightAsync(stage);
        await stage.LimitAsync("SELL", 1, stage.Inside());
        Assert.Equal(before + 1, await WeightAsync(stage));
        await Assert.ThrowsAsync<InvalidOperationException>(() => stage.LimitAsync("SELL", 1_000, stage.Inside()));
        Assert.Equal(before + 3, await WeightAsync(stage));
    }

    private static async Task<int> WeightAsync(HandStage stage)
    {
        using var response = await stage.Running.Http.GetAsync(new Uri("/api/v3/ping", UriKind.Relative), stage.Running.Limit);
        return int.Parse(response.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<JsonElement> ReferenceAsync(HandStage stage) => stage.Running.GetAsync($"/api/v3/referencePrice?symbol={Symbol}");
}
