using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Features;

/// <summary>
/// In the decision path: fills of paper orders are part of the order of events that a replay repeats, so no decision is
/// made before they are booked.
/// </summary>
/// <param name="forward">Passes events to the execution.</param>
/// <param name="bookAfter">Returns the book after an event as a snapshot; null while it is unknown.</param>
/// <param name="failed">
/// Called when the execution stops accepting the market, once until it accepts again; null lets the failure through.
/// </param>
internal sealed class AwaitedMarketLane(
    Func<MarketDataBatch, int, int, Task<bool>> forward,
    Func<MarketEvent, MarketDataBatch?> bookAfter,
    Action<Exception>? failed) : IMarketLane
{
    private bool _hasFailed;

    public async Task ForwardAsync(MarketDataBatch batch, int from, int to)
    {
        try
        {
            if (await forward(batch, from, to) && bookAfter(batch.Events.ItemRef(to - 1)) is { } book)
            {
                await forward(book, 0, 1);
            }

            _hasFailed = false;
        }
        catch (Exception e) when (failed is not null)
        {
            // The execution cannot use its state while the store is unavailable: book and features continue, and it
            // requests the book later.
            if (!_hasFailed)
            {
                failed(e);
            }

            _hasFailed = true;
        }
    }
}
