using BtcAgent.Domain.Execution.Parity;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Execution;

/// <summary>The simulated twins of this desk's orders. They are measured, never traded, and begin anew with each activation.</summary>
internal sealed partial class LiveDesk
{
    /// <summary>What a decimal holds safely; a time or price beyond it is no measurement.</summary>
    private const double FigureMax = 1e9;

    private readonly ParityMeter _meter = new(options.Parity);
    private ParityTwins? _twins;

    public bool TwinsHaveBook => _twins?.HasBook ?? true;

    public void OnFeedReset() => _twins?.OnFeedReset();

    /// <summary>The market as it passes: what the twins fill against.</summary>
    public void OnMarket(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels) => _twins?.OnMarket(in marketEvent, levels);

    /// <summary>Counts the orders that have been compared since the last call.</summary>
    public void Measure()
    {
        foreach (var sample in _twins?.TakeCompared() ?? [])
        {
            _meter.Add(sample, Elapsed());
            if (sample.SlippageBps is { } slippage)
            {
                AgentMeter.ParitySlippage.Record(slippage);
            }

            if (sample.DelayMs is { } delay)
            {
                AgentMeter.ParityDelay.Record(delay);
            }
        }
    }

    /// <summary>Conditional orders have no twin: the simulation does not trigger.</summary>
    private void Compare(Order order)
    {
        if (_twins is null || order.Intent.StopPrice is not null || order.Intent.TrailingDeltaBps is not null)
        {
            return;
        }

        _twins.OnLive(order, [.. _execution!.PendingFills.Where(fill => fill.ClientOrderId == order.Intent.ClientOrderId)]);
        Measure();
    }

    private static decimal? Figure(double? average) =>
        average is { } known && double.IsFinite(known) && Math.Abs(known) < FigureMax ? (decimal)known : null;
}
