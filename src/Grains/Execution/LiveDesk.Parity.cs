using BtcAgent.Domain.Execution.Parity;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Execution;

/// <summary>The simulated twins of this desk's orders. They are measured, never traded, and begin anew with each activation.</summary>
internal sealed partial class LiveDesk
{
    private ParityTwins? _twins;

    public bool TwinsHaveBook => _twins?.HasBook ?? true;

    public void OnFeedReset() => _twins?.OnFeedReset();

    /// <summary>The market as it passes: what the twins fill against.</summary>
    public void OnMarket(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels) => _twins?.OnMarket(in marketEvent, levels);

    /// <summary>What the twins have come to; null without twins.</summary>
    public ParityState? TwinMeter => _twins?.Meter;

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

    /// <summary>Measures what came since <paramref name="before"/>.</summary>
    public void Measure(ParityState? before)
    {
        if (before is null || ReferenceEquals(before, _twins!.Meter) || _twins.Meter.Recent.IsEmpty)
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
