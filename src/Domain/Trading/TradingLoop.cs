using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Domain.Trading;

/// <summary>
/// The complete trading core of one instrument as a plain loop, which does what the grains do by calls, in the same order.
/// Used by backtests, benchmarks and the parity test.
/// </summary>
public sealed class TradingLoop
{
    private readonly string _portfolio;
    private readonly TradingRules _rules;
    private readonly FeatureStream _features;
    private readonly TradingLane[] _lanes;
    private readonly (PaperExecution Execution, PortfolioLedger Ledger)[] _executions;
    private readonly Action<Decision> _decided;
    private readonly Action<Fill> _filled;

    /// <param name="portfolio">Portfolio of all lanes.</param>
    /// <param name="rules">Rules of the instrument.</param>
    /// <param name="pipeline">A fresh feature pipeline of the instrument.</param>
    /// <param name="lanes">Strategies in the order in which they decide.</param>
    /// <param name="decided">Called with each decision.</param>
    /// <param name="filled">Called with each fill after it is booked.</param>
    public TradingLoop(
        string portfolio,
        TradingRules rules,
        FeaturePipeline pipeline,
        IEnumerable<TradingLane> lanes,
        Action<Decision> decided,
        Action<Fill> filled)
    {
        _portfolio = portfolio;
        _rules = rules;
        _features = new FeatureStream(pipeline, new InstrumentStream());
        _lanes = [.. lanes];
        _executions = [.. _lanes.Select(l => (l.Execution, l.Ledger)).Distinct()];
        _decided = decided;
        _filled = filled;
    }

    /// <summary>Takes events in feed order; a repeated event changes nothing.</summary>
    public void OnEvent(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (!_features.Takes(in marketEvent, out var sample))
        {
            return;
        }

        if (sample is not null)
        {
            foreach (var lane in _lanes)
            {
                Decide(lane, sample);
            }
        }

        var shown = _features.Apply(in marketEvent, levels) ? marketEvent : marketEvent with { EventTime = Timestamp.Unknown };
        foreach (var (execution, ledger) in _executions)
        {
            execution.OnMarket(in shown, levels);
            if (execution.HasChanges)
            {
                TradingLane.Book(execution, ledger, _rules, _filled);
            }
        }
    }

    private void Decide(TradingLane lane, FeatureSample sample) =>
        _decided(lane.Decide(_portfolio, _rules, sample, lane.Execution.OpenOrders, _filled));
}
