using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Features;

/// <summary>
/// Beside the decision path: an execution with real orders only measures on the market, one of a canary fills its paper orders,
/// and a slow store of either must not delay the decisions of others. One call is in flight; further events wait, up to a limit,
/// and are dropped beyond it.
/// </summary>
/// <param name="forward">Passes events to the execution.</param>
/// <param name="bookAfter">Returns the book after an event as a snapshot; null while it is unknown.</param>
/// <param name="failed">Called when the execution stops accepting the market, once until it accepts again.</param>
/// <param name="lost">Counts dropped events.</param>
internal sealed class MeasuringMarketLane(
    Func<MarketDataBatch, int, int, Task<bool>> forward,
    Func<MarketEvent, MarketDataBatch?> bookAfter,
    Action<Exception> failed,
    Action<int> lost) : IMarketLane
{
    /// <summary>Most parts of batches that wait. One more, and a snapshot of the current book replaces them all.</summary>
    public const int WaitingMax = 256;

    private readonly Queue<(MarketDataBatch Batch, int From, int To)> _waiting = [];
    private MarketEvent _newest;
    private bool _isBusy;
    private bool _hasFailed;
    private bool _isBookWaiting;

    public Task ForwardAsync(MarketDataBatch batch, int from, int to)
    {
        _newest = batch.Events.ItemRef(to - 1);
        if (_waiting.Count < WaitingMax)
        {
            _waiting.Enqueue((batch, from, to));
        }
        else
        {
            lost(_waiting.Sum(part => part.To - part.From) + to - from);
            _waiting.Clear();
            _isBookWaiting = false;
            AddBook();
        }

        if (!_isBusy)
        {
            _ = DrainAsync();
        }

        return Task.CompletedTask;
    }

    private async Task DrainAsync()
    {
        _isBusy = true;
        while (_waiting.TryDequeue(out var part))
        {
            await ForwardPartAsync(part.Batch, part.From, part.To);
        }

        _isBusy = false;
    }

    private async Task ForwardPartAsync(MarketDataBatch batch, int from, int to)
    {
        var isBook = batch.Events.ItemRef(from).Sequence == 0;
        try
        {
            var wantsBook = await forward(batch, from, to);
            _hasFailed = false;
            if (wantsBook && !isBook)
            {
                AddBook();
            }
        }
        catch (Exception e)
        {
            lost(to - from);
            if (!_hasFailed)
            {
                failed(e);
            }

            _hasFailed = true;
        }

        _isBookWaiting &= !isBook;
    }

    /// <summary>Adds the current book after everything that waits: it already contains those events.</summary>
    private void AddBook()
    {
        if (!_isBookWaiting && bookAfter(_newest) is { } book)
        {
            _waiting.Enqueue((book, 0, 1));
            _isBookWaiting = true;
        }
    }
}
