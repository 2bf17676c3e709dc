using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Testing;
using static BtcAgent.Grains.Tests.Execution.LiveCluster;

namespace BtcAgent.Grains.Tests.Execution;

/// <summary>A running execution at a venue with unforeseen reports.</summary>
public sealed class LiveDoubtTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task AmendedForeignReusedAndOverfilled_AgentIsAliveRightAndDoesNotLoop()
    {
        await using var cluster = await StartAsync();
        await AgreesAsync(cluster);
        Assert.True((await cluster.SubmitAsync("ba-1", Side.Buy, "1")).IsOpen);
        await SeesAsync("the order is taken", async () => (await OrderAsync(cluster, "ba-1")).VenueOrderId is not null);
        var id = (await OrderAsync(cluster, "ba-1")).VenueOrderId!;

        // Amended by hand at the venue: another quantity, and a random client order id.
        var amended = cluster.Venue.Change(id, order => order with { Quantity = Quantity.Parse("0.6"), ClientOrderId = "Xk3rQ" });
        await cluster.Execution.OnReport(ScriptedVenue.Report(amended with { FormerClientOrderId = "ba-1" }, ExecutionReportKind.Amended));
        var filled = cluster.Venue.Fill(id, "0.6");
        await cluster.Execution.OnReport(filled);
        Assert.Equal(OrderStatus.Filled, (await OrderAsync(cluster, "ba-1")).Status);

        // 140 orders of another client, one of them under a former name of ours, half filled.
        var reused = cluster.Venue.Add("ba-1", Side.Buy, "0.01", Btc);
        for (var i = 1; i < 140; i++)
        {
            cluster.Venue.Add($"web{i}", Side.Buy, "0.01", Btc);
        }

        await cluster.Execution.OnReport(cluster.Venue.Fill(reused.VenueOrderId, "0.005"));
        await cluster.Execution.OnReport(filled); // Again.
        await cluster.Execution.Reconcile("test");
        await SeesAsync("all orders of others", async () => (await cluster.Execution.GetStatus()) is { OpenOrders: 140, IsReconciling: false });
        Assert.Equal(2, (await cluster.Books.GetSnapshot()).FillCount);

        // More than was ordered.
        await cluster.Execution.OnReport(cluster.Venue.Fill(reused.VenueOrderId, "0.02"));
        await SeesAsync("the overfill is booked", async () => (await cluster.Books.GetSnapshot()).FillCount == 3);
        await AgreesAsync(cluster);

        var status = await cluster.Execution.GetStatus();
        Assert.Contains(status.Doubts, doubt => doubt is { Kind: DoubtKind.Overfill, Payload.Length: > 0 });
        Assert.Null(status.StandsStill);
        Assert.True(status.Anomalies > 0, "the activation that raised the doubt has ended");
        var breaker = (await cluster.Risk.GetStatus()).Breaker;
        Assert.Equal(BreakerMode.Halted, breaker.Mode);
        Assert.StartsWith("DOUBT: Overfill", breaker.Reason, StringComparison.Ordinal);
        Assert.Equal(0.625m, (await cluster.Books.GetSnapshot()).Balances["BTC"]);

        await cluster.RestartAsync(cluster.Execution);
        ExecutionStatus? seen = null;
        await Eventually.TrueAsync(
            "the same after a restart",
            async () => (seen = await cluster.Execution.GetStatus()) is { OpenOrders: 139, IsReconciling: false },
            Limit,
            () => $"{seen}");
        Assert.Equal(3, (await cluster.Books.GetSnapshot()).FillCount);
    }

    [Fact]
    public async Task Cancel_OfARenamedOrder_ReachesItByTheVenuesId()
    {
        await using var cluster = await StartAsync();
        await AgreesAsync(cluster);
        await cluster.SubmitAsync("ba-1", Side.Buy, "1");
        await SeesAsync("the order is taken", async () => (await OrderAsync(cluster, "ba-1")).VenueOrderId is not null);
        cluster.Venue.Change((await OrderAsync(cluster, "ba-1")).VenueOrderId!, order => order with { ClientOrderId = "Xk3rQ" });
        await cluster.Execution.Cancel("ba-1", "enough");
        await SeesAsync("the order has ended", async () => (await OrderAsync(cluster, "ba-1")).Status == OrderStatus.Canceled);
    }

    [Fact]
    public async Task AmendedBeforeWeSawIt_IsOursUnderItsNewNameAndItsCancelReachesIt()
    {
        await using var cluster = await StartAsync();
        await AgreesAsync(cluster);
        cluster.Venue.AmendsUnseen = order => order with { Quantity = Quantity.Parse("0.6"), ClientOrderId = "Xk3rQ" };
        await cluster.SubmitAsync("ba-1", Side.Buy, "1");
        await SeesAsync("the order is found", async () => (await OrderAsync(cluster, "ba-1")).VenueOrderId is not null);
        var order = Assert.Single(await cluster.Execution.GetOrders(500));
        Assert.Equal(("Xk3rQ", Quantity.Parse("0.6"), false), (order.Name, order.Quantity, order.IsByHand));
        await cluster.Execution.Cancel("ba-1", "enough");
        await SeesAsync("the order has ended", async () => (await OrderAsync(cluster, "ba-1")).Status == OrderStatus.Canceled);
    }

    [Fact]
    public async Task UnreadableMessage_IsADoubtWithItsPayloadUntilTheRecordsAgree()
    {
        await using var cluster = await StartAsync();
        await AgreesAsync(cluster);
        await cluster.Execution.OnUnreadable("q is not a quantity", "{\"q\":\"many\"}");
        await AgreesAsync(cluster);
        await SeesAsync("the doubt is settled", async () => Assert.Single((await cluster.Execution.GetStatus()).Doubts)
            is { Kind: DoubtKind.Unreadable, Action: DoubtAction.Reduce, Payload: "{\"q\":\"many\"}", IsOpen: false });
        Assert.Equal(BreakerMode.Active, (await cluster.Risk.GetStatus()).Breaker.Mode);
    }

    [Fact]
    public async Task WorkThatFailsThreeTimesForOneReason_StandsStillHaltsAndSaysWhyUntilResumed()
    {
        await using var cluster = await StartAsync(venue => venue.Breaks = () => new InvalidOperationException("the model cannot be"));
        await SeesAsync("it has stopped", async () => (await cluster.Execution.GetStatus()).StandsStill is not null);
        var tried = cluster.Venue.Comparisons;
        Assert.Equal(Grains.Activations.ActivationFailures.SameReasonMax, tried);
        await SeesAsync("the portfolio is halted", async () => (await cluster.Risk.GetStatus()).Breaker.Mode == BreakerMode.Halted);
        Assert.Contains("the model cannot be", (await cluster.Risk.GetStatus()).Breaker.Reason, StringComparison.Ordinal);
        for (var i = 0; i < 20; i++)
        {
            await cluster.Execution.Reconcile("from time to time");
            await cluster.RestartAsync(cluster.Execution);
            Assert.True((await cluster.Execution.GetStatus()).IsReconciling);
        }

        Assert.Equal(OrderStatus.Denied, (await cluster.SubmitAsync("ba-1", Side.Sell, "1")).Status);
        Assert.Equal(tried, cluster.Venue.Comparisons);

        cluster.Venue.Breaks = null;
        await cluster.Risk.Resume("fixed");
        await AgreesAsync(cluster);
        Assert.Null((await cluster.Execution.GetStatus()).StandsStill);
    }

    private static Task AgreesAsync(LiveCluster cluster) =>
        SeesAsync("agreement with the venue", async () => !(await cluster.Execution.GetStatus()).IsReconciling);

    private static async Task<Order> OrderAsync(LiveCluster cluster, string id) =>
        (await cluster.Execution.GetOrders(500)).Single(order => order.Intent.ClientOrderId == id);

    private static Task SeesAsync(string what, Func<Task<bool>> condition) => Eventually.TrueAsync(what, condition, Limit);
}
