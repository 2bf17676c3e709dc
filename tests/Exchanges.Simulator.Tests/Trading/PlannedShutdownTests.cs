using System.Collections.Concurrent;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Exchanges.Simulator.Faults;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.TradingClient;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>The connector at a venue that takes its servers down, or refuses connections.</summary>
public sealed class PlannedShutdownTests
{
    [Fact]
    public async Task UserData_ServerShutdown_MovesToAnotherConnectionWithoutAHole()
    {
        await using var client = await StartAsync(trading: options => options.SilenceSeconds = 5);
        var handshakes = 0;
        client.Simulated.Faults.OnHandshake = _ => Interlocked.Increment(ref handshakes);
        var intents = new List<OrderIntent>();
        client.Simulated.Operations.AnnounceShutdown();
        while (Volatile.Read(ref handshakes) == 0 || intents.Count < 3)
        {
            intents.Add(await PlaceAsync(client));
        }

        // Orders use the new connection before the old one is closed: nothing is refused, and no event is missed.
        await client.SeesAsync("the subscription", () => client.Simulated.UserDataSubscriptions == 2);
        intents.Add(await PlaceAsync(client));
        client.Simulated.Operations.CloseAnnounced();
        await client.SeesAsync("the old one is gone", () => client.Simulated.UserDataSubscriptions == 1);
        intents.Add(await PlaceAsync(client));

        await client.SeesAsync("every order", () => intents.All(intent => client.Reports.Any(r => r.ClientOrderId == intent.ClientOrderId)));
        Assert.Equal(["connected"], client.Connections);
        Assert.Equal(1, handshakes);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(418)]
    public async Task UserData_HandshakeRefused_NothingIsSentUntilTheVenueAllows(int status)
    {
        await using var client = await StartAsync();
        var handshakes = new ConcurrentQueue<long>();
        client.Simulated.Faults.OnHandshake = _ => handshakes.Enqueue(TimeProvider.System.GetTimestamp());
        client.Simulated.Faults.RefuseHandshake(new HandshakeRefusal(status, 2));
        client.Simulated.DropUserData();
        await client.SeesAsync("the refusal", () => client.Connections.Any(reason => reason.Contains($"HTTP {status}", StringComparison.Ordinal)));

        // Not by REST either: the venue counts by address.
        Assert.Equal(VenueOutcome.NotNow, (await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)))).Outcome);
        await client.SeesAsync("the connection", () => client.Connections.Count(c => c == "connected") == 2);
        var times = handshakes.ToArray();
        Assert.Equal(2, times.Length);
        Assert.True(TimeProvider.System.GetElapsedTime(times[0], times[1]) >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Expired_Order_TellsTheVenuesReasonByEveryWay()
    {
        await using var client = await StartAsync();
        var intent = client.Intent(OrderType.Limit, Side.Buy, "0.01", client.Away(Side.Buy), time: TimeInForce.ImmediateOrCancel);
        var answer = await client.PlaceAsync(intent);
        const string Reason = "UNFILLED_IOC_QUANTITY_EXPIRED";
        Assert.Equal(Reason, answer.Reports[^1].Reason);
        Assert.Equal(Reason, (await client.FindAsync(intent))!.Reason);
        await client.SeesAsync("the event", () => client.Reports.Any(r => r.Kind == ExecutionReportKind.Expired && r.Reason == Reason));
    }

    [Fact]
    public async Task TradingRules_StatusAndReferencePrice_AreTheVenuesOfNow()
    {
        await using var client = await StartAsync(withStream: false);
        client.Simulated.Operations.SetReferencePrice("BTCUSDT", Price.Parse("61000"));
        client.Simulated.Operations.SetStatus("BTCUSDT", "CANCEL_ONLY");
        var rules = await client.RulesAsync();
        Assert.Equal((false, "CANCEL_ONLY", Price.Parse("61000")), (rules.IsTrading, rules.Status, rules.ReferencePrice));

        client.Simulated.Operations.RemoveReferencePrice("BTCUSDT");
        Assert.Null((await client.RulesAsync()).ReferencePrice);
    }

    [Fact]
    public async Task Weight_SuccessfulOrders_CostNoneOfOurBudget()
    {
        await using var client = await StartAsync(withStream: false);
        var before = client.WeightUsed;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(VenueOutcome.Done, (await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell)))).Outcome);
        }

        Assert.InRange(client.WeightUsed, 0, Math.Max(before, 5)); // The clock's five samples weigh 5.
    }

    private static async Task<OrderIntent> PlaceAsync(TradingClient client)
    {
        var intent = client.Intent(OrderType.Limit, Side.Sell, "0.001", client.Away(Side.Sell));
        Assert.Equal(VenueOutcome.Done, (await client.PlaceAsync(intent)).Outcome);
        return intent;
    }
}
