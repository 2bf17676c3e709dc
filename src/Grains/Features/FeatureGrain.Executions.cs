using System.Collections.Immutable;
using BtcAgent.Contracts.Execution;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Features;

/// <summary>Every event is shown to the executions on this instrument, whose paper orders and twins fill against it.</summary>
internal sealed partial class FeatureGrain
{
    private ImmutableArray<IExecutionGrain> _executions = [];
    private bool _isExecutionAway;

    private async Task Show(MarketDataBatch batch, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        if (options.Value.WaitForDecisions)
        {
            // One after the other, so that a replay repeats exactly.
            foreach (var execution in _executions)
            {
                await Show(execution, batch, from, to);
            }
        }
        else
        {
            await Task.WhenAll(_executions.Select(execution => Show(execution, batch, from, to)));
        }
    }

    private async Task Show(IExecutionGrain execution, MarketDataBatch batch, int from, int to)
    {
        try
        {
            if (await execution.OnMarket(batch, from, to) && _pipeline.Synchronizer.IsInSync)
            {
                await execution.OnMarket(BookAsSnapshot(batch.Events.ItemRef(to - 1)), 0, 1);
            }

            _isExecutionAway = false;
        }
        catch (Exception e) when (!options.Value.WaitForDecisions)
        {
            // Its state cannot be read or written while the store is away: book and features go on, and it asks for the book later.
            if (!_isExecutionAway)
            {
                LogExecutionAway(logger, batch.Instrument, e.Message);
            }

            _isExecutionAway = true;
        }
    }

    /// <summary>The book after this event, for an execution that has lost its own.</summary>
    private MarketDataBatch BookAsSnapshot(MarketEvent last)
    {
        var levels = new PriceLevel[OrderBook.MaxLevelsPerSide * 2];
        var bids = _pipeline.Book.CopyTop(Side.Buy, levels.AsSpan(0, OrderBook.MaxLevelsPerSide));
        var asks = _pipeline.Book.CopyTop(Side.Sell, levels.AsSpan(bids, OrderBook.MaxLevelsPerSide));
        var snapshot = new MarketEvent
        {
            Kind = MarketEventKind.BookSnapshot,
            EventTime = last.EventTime,
            ReceiveTime = last.ReceiveTime,
            LastId = _pipeline.Synchronizer.LastUpdateId,
            BidCount = bids,
            AskCount = asks,
        };
        return new MarketDataBatch(
            InstrumentId.Parse(this.GetPrimaryKeyString()), _epoch, [snapshot], [.. levels.AsSpan(0, bids + asks)], Now());
    }
}
