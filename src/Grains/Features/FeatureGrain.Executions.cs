using System.Collections.Immutable;
using BtcAgent.Contracts.Execution;
using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;
using BtcAgent.Grains.Execution;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Features;

/// <summary>
/// Passes every event to the executions on this instrument, whose paper orders and twins fill against it.
/// </summary>
internal sealed partial class FeatureGrain
{
    private ImmutableArray<IMarketLane> _markets = [];

    /// <summary>
    /// Executions with real orders only measure on the market; it fills paper orders before anything is decided.
    /// </summary>
    private IMarketLane LaneTo(InstrumentId instrument, string portfolio)
    {
        var execution = GrainFactory.GetGrain<IExecutionGrain>(GrainKeys.Execution(portfolio, instrument));
        Action<Exception> failed = e => LogExecutionFailed(logger, instrument, e.Message);
        var isBeside = OrderDesks.AreReal(services) || (options.Value.IsCanaryPortfolio(portfolio) && !options.Value.WaitForDecisions);
        return isBeside
            ? new MeasuringMarketLane(execution.OnMarket, BookAfter, failed, count => AgentMeter.TwinEventsLost.Add(count))
            : new AwaitedMarketLane(execution.OnMarket, BookAfter, options.Value.WaitForDecisions ? null : failed);
    }

    private async Task ForwardPending()
    {
        var (batch, from, to) = _pending.Take();
        if (from == to)
        {
            return;
        }

        if (options.Value.WaitForDecisions)
        {
            // One after the other, so that a replay is exact.
            foreach (var market in _markets)
            {
                await market.ForwardAsync(batch, from, to);
            }
        }
        else
        {
            await Task.WhenAll(_markets.Select(market => market.ForwardAsync(batch, from, to)));
        }
    }

    private MarketDataBatch? BookAfter(MarketEvent last) => _features.Pipeline.Synchronizer.IsInSync ? BookAsSnapshot(last) : null;

    /// <summary>The book after this event, for an execution that has lost its own.</summary>
    private MarketDataBatch BookAsSnapshot(MarketEvent last)
    {
        var levels = new PriceLevel[OrderBook.MaxLevelsPerSide * 2];
        var bids = _features.Pipeline.Book.CopyTop(Side.Buy, levels.AsSpan(0, OrderBook.MaxLevelsPerSide));
        var asks = _features.Pipeline.Book.CopyTop(Side.Sell, levels.AsSpan(bids, OrderBook.MaxLevelsPerSide));
        var snapshot = new MarketEvent
        {
            Kind = MarketEventKind.BookSnapshot,
            EventTime = last.EventTime,
            ReceiveTime = last.ReceiveTime,
            LastId = _features.Pipeline.Synchronizer.LastUpdateId,
            BidCount = bids,
            AskCount = asks,
        };
        return new MarketDataBatch(
            InstrumentId.Parse(this.GetPrimaryKeyString()), _features.Stream.Epoch, [snapshot], [.. levels.AsSpan(0, bids + asks)], Now());
    }
}
