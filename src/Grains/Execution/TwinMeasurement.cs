using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Twins;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Simulated twins of a live desk's orders. They are only measured, never traded, and each activation starts without any.
/// </summary>
/// <param name="work">Work of the desk.</param>
/// <param name="paper">Conditions of the simulation.</param>
internal sealed class TwinMeasurement(LiveWork work, PaperOptions paper)
{
    /// <summary>Largest figure: larger times or prices are not measurements, and may not fit into a decimal.</summary>
    private const double FigureMax = 1e9;

    private readonly TwinMeter _meter = new(work.Options.Parity);
    private readonly InstrumentStream _market = InstrumentStream.Forwarded();
    private OrderTwins? _twins;

    /// <summary>Mean slippage of fills beyond their twins', in basis points; null when there are too few.</summary>
    public decimal? SlippageBps => Figure(_meter.SlippageBps(work.Elapsed));

    /// <summary>Mean delay of fills behind their twins', in milliseconds; null when there are too few.</summary>
    public decimal? DelayMs => Figure(_meter.DelayMs(work.Elapsed));

    /// <summary>Starts twins once the rules are known; earlier orders have none.</summary>
    public void Load(TradingRules rules) => _twins ??= new OrderTwins(work.Host.Portfolio, rules, paper, work.Options.Parity);

    /// <summary>Passes the market to the twins, which fill against it.</summary>
    /// <returns>True when they have no book and need a snapshot.</returns>
    public bool Follow(MarketDataBatch batch, int from, int to)
    {
        if (!_market.Open(batch, from, to))
        {
            return false;
        }

        if (_market.HasBegun)
        {
            _twins?.OnFeedReset();
        }

        while (_market.MoveNext())
        {
            _twins?.OnMarket(in _market.Current, _market.Levels);
        }

        CountCompared();
        return _twins is { HasBook: false };
    }

    /// <summary>Starts or updates an order's twin. Conditional orders have none: the simulation does not trigger.</summary>
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
                AgentMeter.TwinSlippage.Record(slippage);
            }

            if (sample.DelayMs is { } delay)
            {
                AgentMeter.TwinDelay.Record(delay);
            }
        }
    }

    private static decimal? Figure(double? average) =>
        average is { } known && double.IsFinite(known) && Math.Abs(known) < FigureMax ? (decimal)known : null;
}
