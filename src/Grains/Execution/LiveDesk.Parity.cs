using BtcAgent.Domain.Execution.Parity;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Execution;

/// <summary>The simulated twins of this desk's orders. They are measured, never traded, and begin anew with each activation.</summary>
internal sealed partial class LiveDesk
{
    private ParityTwins? _twins;
    private long _epoch;

    /// <summary>The market as it passes: what the twins fill against.</summary>
    public void OnMarket(MarketDataBatch batch, int from, int to)
    {
        if (_twins is null || batch.FeedEpoch < _epoch)
        {
            return;
        }

        if (batch.FeedEpoch > _epoch)
        {
            _epoch = batch.FeedEpoch;
            _twins.OnFeedReset();
        }

        var before = _twins.Meter;
        for (var i = from; i < to; i++)
        {
            _twins.OnMarket(in batch.Events.ItemRef(i), batch.LevelsOf(in batch.Events.ItemRef(i)));
        }

        Measure(before);
    }

    /// <summary>Conditional orders have no twin: the simulation does not trigger.</summary>
    private void Compare(Order order)
    {
        if (_twins is null || order.Intent.StopPrice is not null || order.Intent.TrailingDeltaBps is not null)
        {
            return;
        }

        var before = _twins.Meter;
        _twins.OnLive(order, [.. _execution!.PendingFills.Where(fill => fill.ClientOrderId == order.Intent.ClientOrderId)]);
        Measure(before);
    }

    private void Measure(ParityState before)
    {
        if (ReferenceEquals(before, _twins!.Meter) || _twins.Meter.Recent.IsEmpty)
        {
            return;
        }

        var newest = _twins.Meter.Recent[^1];
        if (newest.SlippageBps is { } slippage)
        {
            AgentMeter.ParitySlippage.Record(slippage);
        }

        if (newest.DelayMs is { } delay)
        {
            AgentMeter.ParityDelay.Record(delay);
        }
    }

    private decimal? Average(ParityAverage? average) =>
        average is { } known && known.Count >= options.Parity.MinOrders && double.IsFinite(known.Value) && Math.Abs(known.Value) < 1e9
            ? (decimal)known.Value : null;
}
