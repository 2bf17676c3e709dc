using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;
using BtcAgent.Grains.Storage;
using BtcAgent.Testing;
using static BtcAgent.Grains.Tests.Execution.LiveCluster;

namespace BtcAgent.Grains.Tests.Features;

/// <summary>Two portfolios with real orders on one instrument, and the store of one of them.</summary>
public sealed class SlowDeskTests
{
    private const string Other = "other";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15); // Half of what a call to a grain may take.

    private Timestamp _now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()).RoundDownTo(TimeSpan.FromSeconds(1));
    private long _sequence;

    [Fact]
    public async Task Decide_TheStoreOfAnotherPortfoliosDeskHangs_IsNotDelayed()
    {
        await using var cluster = await StartAsync(null, Other);
        await SeesAsync("agreement with the venue", async () => !(await cluster.Execution.GetStatus()).IsReconciling);
        await cluster.PublishAsync(Batch(Book(), Trade(10), Trade(1_000)));
        await SeesAsync("a decision", () => Task.FromResult(cluster.Journal.Of(Other).Any()));

        cluster.Storage.Hang(GrainStateNames.Execution, $"{Portfolio}/{Btc.Key}");
        var hanging = cluster.SubmitAsync("ba-1", Side.Buy, "1");
        await SeesAsync("a write that does not answer", () => Task.FromResult(cluster.Storage.Waiting > 0));
        for (var second = 0; second < 5; second++)
        {
            var before = cluster.Journal.Of(Other).Count();
            await cluster.PublishAsync(Batch(Trade(1_000)));
            await cluster.Features.WaitFor(1, _sequence).WaitAsync(Limit);
            await SeesAsync("the next decision", () => Task.FromResult(cluster.Journal.Of(Other).Count() > before));
        }

        Assert.Equal(1, cluster.Storage.Waiting); // Of the same write still.
        cluster.Storage.Release();
        await Task.WhenAny(hanging); // On a slow machine the call has timed out; the order is submitted nevertheless.
        await SeesAsync("the order is taken", async () => (await cluster.Execution.GetOrders(1)) is [{ VenueOrderId: not null }]);
    }

    private MarketDataBatch Batch(params MarketEvent[] events) => new(
        Btc,
        1,
        [.. events],
        [new PriceLevel(Price.Parse("49999"), Quantity.Parse("5")), new PriceLevel(Price.Parse("50001"), Quantity.Parse("5"))],
        Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));

    private MarketEvent Book() => Event(MarketEventKind.BookSnapshot) with { EventTime = Timestamp.Unknown, LastId = 100, BidCount = 1, AskCount = 1 };

    private MarketEvent Trade(double afterMs)
    {
        _now += TimeSpan.FromMilliseconds(afterMs);
        return Event(MarketEventKind.Trade) with { Price = Price.Parse("50000"), Quantity = Quantity.Parse("0.001"), Aggressor = Side.Buy, LastId = _sequence };
    }

    private MarketEvent Event(MarketEventKind kind) => new() { Kind = kind, Sequence = ++_sequence, EventTime = _now, ReceiveTime = _now };

    private static Task SeesAsync(string what, Func<Task<bool>> condition) => Eventually.TrueAsync(what, condition, Limit);
}
