using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Execution;

/// <summary>The market as it passes: paper orders and the twins of real ones fill against it.</summary>
internal sealed partial class ExecutionGrain
{
    private long _epoch;
    private long _sequence;

    public async Task<bool> OnMarket(MarketDataBatch batch, int from, int to)
    {
        if (_live is null)
        {
            await Paper();
        }

        if (batch.FeedEpoch < _epoch)
        {
            return false;
        }

        if (batch.FeedEpoch > _epoch)
        {
            _epoch = batch.FeedEpoch;
            _sequence = 0;
            _execution?.OnFeedReset();
            _live?.OnFeedReset();
        }

        for (var i = from; i < to; i++)
        {
            Show(in batch.Events.ItemRef(i), batch.LevelsOf(in batch.Events.ItemRef(i)));
        }

        _live?.Measure();
        if (_execution is { HasChanges: true })
        {
            await _deliveries.WriteAsync();
        }

        if (_execution is not null)
        {
            await ClosePaper();
        }

        return _execution is { HasBook: false } || _live is { TwinsHaveBook: false };
    }

    /// <summary>Events may come again after a restart of their sender; one of sequence 0 is a snapshot for this grain.</summary>
    private void Show(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (marketEvent.Sequence != 0)
        {
            if (marketEvent.Sequence <= _sequence)
            {
                return;
            }

            _sequence = marketEvent.Sequence;
        }

        _execution?.OnMarket(in marketEvent, levels);
        _live?.OnMarket(in marketEvent, levels);
    }
}
