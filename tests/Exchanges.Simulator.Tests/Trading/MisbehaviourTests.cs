using System.Net;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Exchanges.Simulator.Faults;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.TradingClient;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>The venue misbehaves as planned, and the connector reports what is known, no more.</summary>
public sealed class MisbehaviourTests
{
    [Theory]
    [InlineData(FaultKind.TimeOutBefore, VenueOutcome.Unknown, false)]
    [InlineData(FaultKind.TimeOutAfter, VenueOutcome.Unknown, true)]
    [InlineData(FaultKind.ErrorBefore, VenueOutcome.NotNow, false)]
    [InlineData(FaultKind.ErrorAfter, VenueOutcome.Unknown, true)]
    [InlineData(FaultKind.DropBefore, VenueOutcome.Unknown, false)]
    [InlineData(FaultKind.DropAfter, VenueOutcome.Unknown, true)]
    [InlineData(FaultKind.Delay, VenueOutcome.Done, true)]
    public async Task Place_Fault_OutcomeIsWhatCanBeKnown(FaultKind fault, VenueOutcome outcome, bool isDone)
    {
        foreach (var overWebSocket in new[] { true, false })
        {
            await using var client = await StartAsync(overWebSocket);
            client.Simulated.Faults.Plan(fault);
            var intent = client.Intent(OrderType.Limit, Side.Sell, "0.1", client.Away(Side.Sell));
            Assert.Equal(outcome, (await client.PlaceAsync(intent)).Outcome);
            Assert.Equal(isDone, await client.FindAsync(intent) is not null);
        }
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, true)]
    [InlineData(FaultKind.TooManyRequests, false)]
    [InlineData(FaultKind.Banned, true)]
    [InlineData(FaultKind.Banned, false)]
    public async Task Place_RateLimited_NothingIsSentUntilTheVenueAllows(FaultKind fault, bool overWebSocket)
    {
        await using var client = await StartAsync(overWebSocket);
        client.Simulated.Faults.Plan(fault);
        var received = 0;
        client.Simulated.Faults.OnStep = (step, _) => received += step == OrderStep.Received ? 1 : 0;
        for (var i = 0; i < 5; i++)
        {
            var answer = await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)));
            Assert.Equal(VenueOutcome.NotNow, answer.Outcome);
        }

        Assert.Equal(1, received);
        await client.SeesAsync("orders again", () => client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)))
            .GetAwaiter().GetResult().Outcome == VenueOutcome.Done);
    }

    [Fact]
    public async Task Place_OwnOrderLimit_IsKept()
    {
        await using var client = await StartAsync(trading: options => options.OrdersPerTenSecondsMax = 3);
        var outcomes = new List<VenueOutcome>();
        for (var i = 0; i < 5; i++)
        {
            outcomes.Add((await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)))).Outcome);
        }

        Assert.True(outcomes.Count(o => o == VenueOutcome.Done) is 3 or 5, string.Join(' ', outcomes)); // 5 when a window of 10 s ended between.
    }

    [Fact]
    public async Task Place_FailsOnAndOn_PausesThatKindOfRequestOnly()
    {
        await using var client = await StartAsync(configure: options => options.OrdersPerTenSecondsMax = 1_000);
        for (var i = 0; i < 12; i++)
        {
            client.Simulated.Faults.Plan(FaultKind.ErrorAfter);
        }

        VenueAnswer? last = null;
        for (var i = 0; i < 12; i++)
        {
            last = await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.001", client.Away(Side.Sell)));
        }

        Assert.Equal(VenueOutcome.NotNow, last!.Outcome);
        Assert.Contains("pauses", last.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(await client.Venue.GetOpenOrdersAsync(Btc, client.Running.Limit));
    }

    [Fact]
    public async Task Clock_VenueRunsAhead_IsMeasuredAndTheNextOrderPasses()
    {
        await using var client = await StartAsync(withStream: false);
        await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)));
        client.Simulated.Faults.ClockOffset = TimeSpan.FromSeconds(90);
        var first = await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)));
        Assert.Equal(VenueOutcome.NotNow, first.Outcome);
        Assert.Contains("-1021", first.Reason, StringComparison.Ordinal);
        Assert.Equal(VenueOutcome.Done, (await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)))).Outcome);
    }

    [Theory]
    [InlineData(Key, "wrong-secret", "-1022")]
    [InlineData("wrong-key", Secret, "-2015")]
    public async Task Keys_Wrong_HaltAndAreNotQuoted(string key, string secret, string code)
    {
        await using var client = await StartAsync(withStream: false, trading: options => (options.ApiKey, options.SecretKey) = (key, secret));
        var answer = await client.PlaceAsync(client.Intent(OrderType.Market, Side.Buy, "0.01"));
        Assert.Equal(VenueOutcome.Halt, answer.Outcome);
        Assert.Contains(code, answer.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(key, answer.Reason, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<ExecutionVenueException>(() => client.Venue.GetBalancesAsync(client.Running.Limit));
        Assert.DoesNotContain(secret, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UserData_SilentStream_IsNoticedByWhatItOwesAndOpenedAnew()
    {
        await using var client = await StartAsync();
        client.Simulated.Faults.IsUserDataSilent = true;
        await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)));
        await client.SeesAsync("a second connection", () => client.Connections.Count(c => c == "connected") >= 2);
        Assert.Contains(client.Connections, reason => reason.Contains("silent", StringComparison.Ordinal));
        client.Simulated.Faults.Stop();
        var intent = client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell));
        await client.PlaceAsync(intent);
        await client.SeesAsync("its event", () => client.Reports.Any(r => r.ClientOrderId == intent.ClientOrderId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UserData_DroppedOrTerminated_ComesBackAndSaysSo(bool withAWord)
    {
        await using var client = await StartAsync();
        if (withAWord)
        {
            client.Simulated.TerminateUserData();
        }
        else
        {
            client.Simulated.DropUserData();
        }

        await client.SeesAsync("a second connection", () => client.Connections.Count(c => c == "connected") == 2);
        client.Simulated.Transfer(Key, "USDT", 12.5m);
        await client.SeesAsync("the deposit", () => client.Transfers.Any(t => t is { Asset: "USDT", Amount: 12.5m }));
    }

    [Fact]
    public async Task UserData_RepeatedAndReordered_AllComes()
    {
        await using var client = await StartAsync();
        client.Simulated.Faults.ByChance(3, new Dictionary<FaultKind, double>(), repeatRate: 0.5, reorderRate: 0.5);
        for (var i = 0; i < 10; i++)
        {
            await client.PlaceAsync(client.Intent(OrderType.Market, i % 2 == 0 ? Side.Buy : Side.Sell, "0.01"));
        }

        client.Simulated.Faults.Stop();
        await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)));
        var trades = await client.Venue.GetTradesAsync(Btc, 0, client.Running.Limit);
        await client.SeesAsync("every trade", () => trades.All(t => client.Reports.Any(r => r.Fill?.TradeId == $"{t.TradeId}")));
        Assert.True(client.Reports.Count(r => r.Fill is not null) > trades.Length);
    }

    [Fact]
    public async Task Signed_WithoutAKey_IsRefused()
    {
        await using var client = await StartAsync(withStream: false);
        using var response = await client.Running.Http.GetAsync(new Uri("/api/v3/account?timestamp=1", UriKind.Relative), client.Running.Limit);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
