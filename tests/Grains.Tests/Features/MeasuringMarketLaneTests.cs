using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;
using BtcAgent.Grains.Features;
using BtcAgent.Grains.Tests.Storage;

namespace BtcAgent.Grains.Tests.Features;

public sealed class MeasuringMarketLaneTests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly OneStepAfterTheOther _grain = new();
    private readonly List<long> _forwarded = [];
    private readonly Queue<TaskCompletionSource<bool>> _calls = [];
    private readonly List<string> _failures = [];
    private readonly MeasuringMarketLane _lane;
    private int _lost;
    private long _sequence;

    public MeasuringMarketLaneTests() => _lane = new MeasuringMarketLane(CallAsync, BookAfter, e => _failures.Add(e.Message), count => _lost += count);

    [Fact]
    public void ForwardAsync_CallWithoutAnswer_NeverWaitsAndKeepsTheOrder()
    {
        Forward(1);
        Forward(2);
        Forward(3);
        Assert.Equal([1], _forwarded);
        Answer();
        Answer();
        Answer();
        Assert.Equal([1, 3, 6], _forwarded); // By the last event of each.
        Assert.Equal(0, _lost);
    }

    [Fact]
    public void ForwardAsync_MoreThanMayWait_CountsThemAndContinuesFromTheCurrentBook()
    {
        Forward(1);
        for (var i = 0; i < MeasuringMarketLane.WaitingMax; i++)
        {
            Forward(2);
        }

        Assert.Equal(0, _lost);
        Forward(1);
        Assert.Equal((2 * MeasuringMarketLane.WaitingMax) + 1, _lost);
        Forward(1);
        Answer();
        Answer();
        Answer();
        Assert.Equal([1, -_sequence + 1, _sequence], _forwarded);
    }

    [Fact]
    public void ForwardAsync_TwinsWithoutBook_ForwardsItOnceAfterAllThatWaits()
    {
        Forward(1);
        Forward(1);
        Answer(wantsBook: true);
        Forward(1);
        Answer(wantsBook: true);
        Answer(); // The book after the second event.
        Answer();
        Assert.Equal([1, 2, -2, 3], _forwarded);

        Forward(1);
        Answer(wantsBook: true);
        Answer();
        Assert.Equal([1, 2, -2, 3, 4, -4], _forwarded);
    }

    [Fact]
    public void ForwardAsync_CallsFail_ReportsOnceAndCountsEvents()
    {
        Forward(2);
        Forward(3);
        Fail();
        Fail();
        Assert.Equal(["no answer"], _failures);
        Assert.Equal(5, _lost);

        Forward(1);
        Answer();
        Forward(1);
        Fail();
        Assert.Equal(2, _failures.Count);
    }

    [Fact]
    public void ForwardAsync_BookFails_ForwardsItAgain()
    {
        Forward(1);
        Answer(wantsBook: true);
        Fail();
        Forward(1);
        Answer(wantsBook: true);
        Answer();
        Assert.Equal([1, -1, 2, -2], _forwarded);
    }

    private void Forward(int events)
    {
        var batch = new MarketDataBatch(
            Btc, 1, [.. Enumerable.Range(0, events).Select(_ => new MarketEvent { Kind = MarketEventKind.Trade, Sequence = ++_sequence })], [], Timestamp.Unknown);
        Assert.True(_grain.Run(() => _lane.ForwardAsync(batch, 0, events)).IsCompletedSuccessfully);
    }

    private static MarketDataBatch? BookAfter(MarketEvent last) =>
        new(Btc, 1, [new MarketEvent { Kind = MarketEventKind.BookSnapshot, LastId = last.Sequence }], [], Timestamp.Unknown);

    /// <summary>
    /// Records the last event's sequence; for a book, the sequence of the event before it, as a negative number.
    /// </summary>
    private Task<bool> CallAsync(MarketDataBatch batch, int from, int to)
    {
        var last = batch.Events[to - 1];
        _forwarded.Add(last.Sequence == 0 ? -last.LastId : last.Sequence);
        var call = new TaskCompletionSource<bool>();
        _calls.Enqueue(call);
        return call.Task;
    }

    private void Answer(bool wantsBook = false)
    {
        _calls.Dequeue().SetResult(wantsBook);
        _grain.Settle();
    }

    private void Fail()
    {
        _calls.Dequeue().SetException(new TimeoutException("no answer"));
        _grain.Settle();
    }
}
