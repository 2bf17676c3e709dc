using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Trading;

/// <summary>One strategy of a plain loop; lanes of one portfolio share risk and ledger, those of one instrument the execution, too.</summary>
public sealed record TradingLane(SignalEngine Signals, RiskEngine Risk, PaperExecution Execution, PortfolioLedger Ledger)
{
    /// <summary>Takes a sample from the signal to the order, in the order in which the grains do.</summary>
    /// <param name="portfolio">The lane's portfolio.</param>
    /// <param name="rules">The venue's rules of the instrument.</param>
    /// <param name="sample">The market at the decision.</param>
    /// <param name="openOrders">Open orders of the portfolio, of any instrument.</param>
    /// <param name="filled">Called with each fill after it is booked.</param>
    public Decision Decide(
        string portfolio, TradingRules rules, FeatureSample sample, IReadOnlyList<Order> openOrders, Action<Fill> filled)
    {
        var signal = Signals.Evaluate(sample);
        var before = Risk.Breaker.Mode;
        var risk = Risk.Assess(new RiskInput(
            signal,
            sample,
            sample.Quote.IsTwoSided
                ? Ledger.Mark(sample.Instrument, sample.Quote.Mid, sample.EventTime)
                : Ledger.Snapshot(),
            rules,
            openOrders,
            Armed: true)
        {
            Reconciling = false,
            Conditions = MarketConditions.Of(signal, sample, isKnownInstrument: true),
        });
        if (before != BreakerMode.Halted && Risk.Breaker.Mode == BreakerMode.Halted
            && Execution.CancelNow(Execution.OpenOrders, Risk.Breaker.Reason) > 0)
        {
            Book(Execution, Ledger, rules, filled);
        }

        if (risk.Intent is { } intent && Execution.Submit(intent).IsNew)
        {
            Book(Execution, Ledger, rules, filled);
        }

        return new Decision { Id = risk.Decision, Portfolio = portfolio, Sample = sample, Signal = signal, Risk = risk };
    }

    /// <summary>Books the fills of an execution.</summary>
    /// <returns>Orders that changed since the last call.</returns>
    public static IReadOnlyList<Order> Book(PaperExecution execution, PortfolioLedger ledger, TradingRules rules, Action<Fill> filled)
    {
        var changed = execution.TakeChangedOrders();
        foreach (var fill in execution.TakeFills())
        {
            ledger.Apply(fill, rules);
            filled(fill);
        }

        return changed;
    }
}
