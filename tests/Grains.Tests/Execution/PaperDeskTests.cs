using BtcAgent.Domain;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Execution;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Execution;

public sealed class PaperDeskTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    private readonly FakeTimeProvider _time = new();
    private readonly SendFence _fence;
    private long _sequence;
    private Timestamp _now = Start;

    public PaperDeskTests() => _fence = new SendFence("activation", _time);

    [Fact]
    public async Task SubmitAsync_IsAnsweredOnlyWhenTheIntentIsStored()
    {
        var host = new ScriptedHost();
        var desk = await OpenAsync(host);
        var writing = new TaskCompletionSource();
        host.Writing = writing.Task;
        var submitted = desk.SubmitAsync(Intent("ba-1", Side.Buy), Terms());
        Assert.False(submitted.IsCompleted);
        Assert.Empty(host.Published);
        Assert.Equal("ba-1", Assert.Single(host.Stored.Paper!.Orders).Intent.ClientOrderId);

        writing.SetResult();
        Assert.Equal(OrderStatus.Submitted, (await submitted).Status);
        Assert.Equal(OrderStatus.Submitted, Assert.Single(host.Published).Status);
    }

    [Fact]
    public async Task SubmitAsync_TermsOfBeforeAHalt_AreRefusedAndNotRemembered()
    {
        var desk = await OpenAsync(new ScriptedHost());
        var terms = Terms();
        desk.Fence("enough");
        var refused = await desk.SubmitAsync(Intent("ba-1", Side.Buy), terms);
        Assert.Equal((OrderStatus.Denied, "HALTED: enough"), (refused.Status, refused.Reason));
        Assert.Empty(await desk.GetOrdersAsync(10));
    }

    [Fact]
    public async Task OnMarketAsync_TheBooksFail_EndsTheActivationAndTheNextOneBooksTheFillOnce()
    {
        var host = new ScriptedHost();
        var desk = await OpenAsync(host);
        await desk.SubmitAsync(Intent("ba-1", Side.Buy), Terms());
        host.BooksFail = new TimeoutException("no answer");
        await Assert.ThrowsAsync<TimeoutException>(() => ShowAsync(desk, Trade(1_000)));
        Assert.True(host.HasEnded);
        Assert.Single(host.Stored.Paper!.PendingFills);

        host.BooksFail = null;
        await new PaperDesk(host, new PaperOptions(), _fence, TimeSpan.FromSeconds(2), _time, NullLogger.Instance).StartAsync();
        Assert.Equal(1, host.Booked);
        Assert.Empty(host.Stored.Paper.PendingFills);
    }

    [Fact]
    public async Task FlattenAsync_TheMarketDrivesIt_SliceBySlice()
    {
        var host = new ScriptedHost(held: 0.3m);
        var desk = await OpenAsync(host);
        var answer = await desk.FlattenAsync("enough", Start);
        Assert.Contains("is open", answer.Pending, StringComparison.Ordinal);
        var held = new List<decimal> { host.Held };
        for (var second = 0; second < 20 && host.Stored.Flatten is not null; second++)
        {
            await ShowAsync(desk, Trade(1_000));
            held.Add(host.Held);
        }

        Assert.Null(host.Stored.Flatten);
        Assert.Equal(0, host.Held);
        Assert.True(host.Booked >= 3, $"{host.Booked} fills");
        Assert.Equal(held.OrderDescending(), held);
        Assert.Null((await desk.FlattenAsync("enough", Start)).Pending);
    }

    [Fact]
    public async Task StartAsync_AFlattenWasAtWork_TheMarketContinuesItUnderNewIds()
    {
        var host = new ScriptedHost(held: 0.1m);
        host.Stored.Flatten = new FlattenWork("enough", Start, Attempts: 4);
        var desk = await OpenAsync(host);
        for (var second = 0; second < 20 && host.Stored.Flatten is not null; second++)
        {
            await ShowAsync(desk, Trade(1_000));
        }

        Assert.Equal((null, 0), (host.Stored.Flatten, host.Held));
        Assert.All(await desk.GetOrdersAsync(10), order => Assert.EndsWith("-4", order.Intent.ClientOrderId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ClearAsync_EndsItsOrdersAtOnce()
    {
        var desk = await OpenAsync(new ScriptedHost());
        await desk.SubmitAsync(Intent("ba-1", Side.Buy, limit: "40000"), Terms());
        await desk.SubmitAsync(Intent("ba-2", Side.Buy, limit: "41000"), Terms());
        Assert.Equal(new ClearAnswer(2, null), await desk.ClearAsync("enough"));
        Assert.Empty((await desk.GetOpenOrdersAsync()).Orders);
    }

    [Fact]
    public async Task ClearAsync_TheStoreHangs_IsAnsweredAndPending()
    {
        var host = new ScriptedHost();
        var desk = await OpenAsync(host);
        await desk.SubmitAsync(Intent("ba-1", Side.Buy, limit: "40000"), Terms());
        host.Writing = new TaskCompletionSource().Task;
        var clearing = desk.ClearAsync("enough");
        _time.Advance(IOrderDesk.AnswerWait);
        Assert.Equal(new ClearAnswer(1, "its cancels are not stored yet"), await clearing);
    }

    [Fact]
    public async Task OnlyAVenueHas_ChangesNothingOnPaper()
    {
        var host = new ScriptedHost();
        var desk = await OpenAsync(host);
        var (status, writes) = (desk.Status, host.Writes);
        await desk.OnUnreadableAsync("no quantity", "{}");
        desk.OnUserData(connected: false, "gone");
        desk.Reconcile("doubt");
        var accepted = await desk.AcceptBalancesAsync("mine");
        Assert.Null(accepted.Refusal);
        Assert.Empty(accepted.Booked);
        Assert.Equal((false, false, "on paper", writes), (desk.Status.IsLive, desk.Status.IsReconciling, desk.Status.Reason, host.Writes));
        Assert.Equal(status.Anomalies, desk.Status.Anomalies);
    }

    private async Task<PaperDesk> OpenAsync(ScriptedHost host)
    {
        var desk = new PaperDesk(host, new PaperOptions(), _fence, TimeSpan.FromSeconds(2), _time, NullLogger.Instance);
        await desk.StartAsync();
        var book = Event(MarketEventKind.BookSnapshot) with { EventTime = Timestamp.Unknown, LastId = 100, BidCount = 1, AskCount = 1 };
        Assert.False(await ShowAsync(desk, book, Trade(1)));
        return desk;
    }

    private SendTerms Terms() => new(_fence.Epoch, Timestamp.FromDateTimeOffset(_time.GetUtcNow()) + TimeSpan.FromSeconds(2));

    private OrderIntent Intent(string id, Side side, string? limit = null) => new()
    {
        ClientOrderId = id,
        Decision = DecisionId.From("main", "test", ScriptedHost.Btc, _now),
        Portfolio = "main",
        Instrument = ScriptedHost.Btc,
        Side = side,
        Type = limit is null ? OrderType.Market : OrderType.Limit,
        TimeInForce = limit is null ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCanceled,
        Quantity = Quantity.Parse("0.01"),
        LimitPrice = limit is null ? null : Price.Parse(limit),
        EventTime = _now,
        ReferencePrice = 50_000,
        ReducesRisk = false,
    };

    private static Task<bool> ShowAsync(PaperDesk desk, params MarketEvent[] events) => desk.OnMarketAsync(
        new MarketDataBatch(
            ScriptedHost.Btc,
            1,
            [.. events],
            [new PriceLevel(Price.Parse("49999"), Quantity.Parse("5")), new PriceLevel(Price.Parse("50001"), Quantity.Parse("5"))],
            Start),
        0,
        events.Length);

    private MarketEvent Trade(double afterMs)
    {
        _now += TimeSpan.FromMilliseconds(afterMs);
        return Event(MarketEventKind.Trade) with { Price = Price.Parse("50000"), Quantity = Quantity.Parse("0.001"), Aggressor = Side.Buy, LastId = _sequence };
    }

    private MarketEvent Event(MarketEventKind kind) => new() { Kind = kind, Sequence = ++_sequence, EventTime = _now, ReceiveTime = _now };
}
