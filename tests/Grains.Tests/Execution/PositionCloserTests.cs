using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Execution;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Execution;

public sealed class PositionCloserTests : IClosingDesk
{
    private static readonly Timestamp Asked = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedHost _host = new(held: 0.3m);
    private readonly List<(OrderIntent Intent, SendTerms Terms)> _sent = [];
    private readonly SendFence _fence;
    private readonly PositionCloser _closer;
    private string? _unclear;
    private string? _stale;
    private string? _notNow;

    public PositionCloserTests()
    {
        _fence = new SendFence("activation", _time);
        _closer = new PositionCloser(_host, this, _fence, TimeSpan.FromSeconds(2), _time);
    }

    string? IClosingDesk.Unclear => _unclear;

    [Fact]
    public async Task Begin_WhileOneIsAtWork_ChangesNothing()
    {
        await _closer.Begin("enough", Asked)!;
        Assert.Null(_closer.Begin("again", Asked + TimeSpan.FromSeconds(1)));
        Assert.Equal(new FlattenWork("enough", Asked, 0), _closer.Work);
        Assert.Equal(1, _host.Writes);
    }

    [Fact]
    public async Task StepAsync_PositionIsHeld_SellsASliceWithinTheOrderLimitUnderTheEpochInForce()
    {
        await _closer.Begin("enough", Asked)!;
        await _closer.StepAsync();
        var (intent, terms) = Assert.Single(_sent);
        Assert.Equal((Side.Sell, OrderType.Market, Quantity.Parse("0.1"), true), (intent.Side, intent.Type, intent.Quantity, intent.ReducesRisk));
        Assert.StartsWith(_closer.OwnIds!, intent.ClientOrderId, StringComparison.Ordinal);
        Assert.Equal(_fence.Epoch, terms.Epoch);
        Assert.Equal(Timestamp.FromDateTimeOffset(_time.GetUtcNow()) + TimeSpan.FromSeconds(2), terms.NotAfter);
        Assert.Equal(1, _closer.Work!.Attempts);
        Assert.Contains("is open", _closer.Pending, StringComparison.Ordinal);

        await _closer.StepAsync();
        Assert.NotEqual(intent.ClientOrderId, _sent[1].Intent.ClientOrderId);
    }

    [Fact]
    public async Task StepAsync_AnotherOrderMayClose_SendsNothing()
    {
        await _closer.Begin("enough", Asked)!;
        _notNow = "ba-1 has not ended: Submitted";
        await _closer.StepAsync();
        Assert.Empty(_sent);
        Assert.Equal("0.3 to close: ba-1 has not ended: Submitted", _closer.Pending);
    }

    [Fact]
    public async Task StepAsync_BooksMayLackAFill_SendsNothing()
    {
        await _closer.Begin("enough", Asked)!;
        _stale = "fills are being booked";
        await _closer.StepAsync();
        Assert.Empty(_sent);
        Assert.Equal(_stale, _closer.Pending);
    }

    [Fact]
    public async Task StepAsync_WithdrawnWhileTheBooksAreAsked_SendsNothing()
    {
        await _closer.Begin("enough", Asked)!;
        var reading = new TaskCompletionSource();
        _host.Reading = reading.Task;
        var step = _closer.StepAsync();
        await _closer.WithdrawAsync();
        reading.SetResult();
        await step;
        Assert.Empty(_sent);
        Assert.Null(_closer.Work);
        Assert.Null(_closer.Pending);
    }

    [Fact]
    public async Task StepAsync_AnOperatorResumed_EndsAndStoresIt()
    {
        await _closer.Begin("enough", Asked)!;
        _host.Halted = null;
        await _closer.StepAsync();
        Assert.Empty(_sent);
        Assert.Null(_closer.Work);
        Assert.Equal(2, _host.Writes);
    }

    [Fact]
    public async Task StepAsync_NoRules_SaysWhatItWaitsFor()
    {
        await _closer.Begin("enough", Asked)!;
        _host.Rules = null;
        await _closer.StepAsync();
        Assert.Contains("its feed has not started", _closer.Pending, StringComparison.Ordinal);
        Assert.NotNull(_closer.Work);
    }

    [Fact]
    public async Task StepAsync_NothingIsHeld_EndsOnlyWhenNothingOfOursIsOpen()
    {
        var host = new ScriptedHost(held: 0);
        var closer = new PositionCloser(host, new FlatDesk(host, this), _fence, TimeSpan.FromSeconds(2), _time);
        await closer.Begin("enough", Asked)!;
        _unclear = "open at the venue: ba-1";
        await closer.StepAsync();
        Assert.Equal(_unclear, closer.Pending);

        _unclear = null;
        await closer.StepAsync();
        Assert.Null(closer.Work);
        Assert.Empty(_sent);
    }

    async Task<(PortfolioSnapshot Books, string? WhyStale)> IClosingDesk.ReadBooksAsync() => (await _host.GetBooksAsync(), _stale);

    string? IClosingDesk.WhyNotClose(Side side) => _notNow;

    Timestamp IClosingDesk.EventTimeOf(PortfolioSnapshot books) => books.EventTime;

    Task<Order> IClosingDesk.SubmitClosingAsync(OrderIntent intent, SendTerms terms)
    {
        _sent.Add((intent, terms));
        return Task.FromResult(OrderLifecycle.Create(intent) with { Status = OrderStatus.Submitted });
    }

    /// <summary>The same desk over other books.</summary>
    private sealed class FlatDesk(ScriptedHost host, IClosingDesk desk) : IClosingDesk
    {
        public string? Unclear => desk.Unclear;

        public async Task<(PortfolioSnapshot Books, string? WhyStale)> ReadBooksAsync() => (await host.GetBooksAsync(), null);

        public string? WhyNotClose(Side side) => desk.WhyNotClose(side);

        public Timestamp EventTimeOf(PortfolioSnapshot books) => desk.EventTimeOf(books);

        public Task<Order> SubmitClosingAsync(OrderIntent intent, SendTerms terms) => desk.SubmitClosingAsync(intent, terms);
    }
}
