using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Parity;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Execution;

/// <summary>The simulated twins of a live desk's orders. They are measured, never traded, and each activation starts without any.</summary>
/// <param name="work">Of the desk.</param>
/// <param name="paper">Conditions of the simulation.</param>
internal sealed class TwinMeasurement(LiveWork work, PaperOptions paper)
{
    /// <summary>A decimal holds it safely; a time or price beyond it is no measurement.</summary>
    private const double FigureMax = 1e9;

    private readonly ParityMeter _meter = new(work.Options.Parity);
    private readonly MarketCursor _cursor = new();
    private ParityTwins? _twins;

    /// <summary>By how much fills were worse than their twins', on average; null for too few.</summary>
    public decimal? SlippageBps => Figure(_meter.SlippageBps(work.Elapsed));

    /// <summary>By how much fills came later than their twins', on average; null for too few.</summary>
    public decimal? DelayMs => Figure(_meter.DelayMs(work.Elapsed));

    /// <summary>Twins need the rules: before, orders have none.</summary>
    public void Load(TradingRules rules) => _twins ??= new ParityTwins(work.Host.Portfolio, rules, paper, work.Options.Parity);

    /// <summary>The market as it passes: the twins fill against it.</summary>
    /// <returns>True when they have no book and want a snapshot.</returns>
    public bool Follow(MarketDataBatch batch, int from, int to)
    {
        if (_cursor.IsOld(batch))
        {
            return false;
        }

        if (_cursor.Begins(batch))
        {
            _twins?.OnFeedReset();
        }

        for (var i = from; i < to; i++)
        {
            ref readonly var marketEvent = ref batch.Events.ItemRef(i);
            if (_cursor.Takes(in marketEvent))
            {
                _twins?.OnMarket(in marketEvent, batch.LevelsOf(in marketEvent));
            }
        }

        CountCompared();
        return _twins is { HasBook: false };
    }

    /// <summary>Conditional orders have no twin: the simulation does not trigger.</summary>
    public void OnLive(Order order, IEnumerable<Fill> fills)
    {
        if (_twins is not null && order.Intent.StopPrice is null && order.Intent.TrailingDeltaBps is null)
        {
            _twins.OnLive(order, [.. fills.Where(fill => fill.ClientOrderId == order.Intent.ClientOrderId)]);
            CountCompared();
        }
    }

    private void CountCompared()
    {
        foreach (var sample in _twins?.TakeCompared() ?? [])
        {
            _meter.Add(sample, work.Elapsed);
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

    private static decimal? Figure(double? average) =>
        average is { } known && double.IsFinite(known) && Math.Abs(known) < FigureMax ? (decimal)known : null;
}
