using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Trading;

/// <summary>Takes a signal through risk to the paper orders and the books of an account, as the grains do.</summary>
internal static class AccountSteps
{
    /// <param name="risk">Limits, sizing and breaker.</param>
    /// <param name="execution">Paper orders.</param>
    /// <param name="ledger">Books.</param>
    /// <param name="rules">The venue's rules of the instrument.</param>
    /// <param name="signal">The signal on the sample.</param>
    /// <param name="sample">The market at the decision.</param>
    /// <param name="openOrders">Open orders of the account, of any instrument.</param>
    /// <param name="filled">Called with each fill after it is booked.</param>
    public static RiskDecision Follow(
        RiskEngine risk,
        PaperExecution execution,
        PortfolioLedger ledger,
        TradingRules rules,
        Signal signal,
        FeatureSample sample,
        IReadOnlyList<Order> openOrders,
        Action<Fill> filled)
    {
        var before = risk.Breaker.Mode;
        var decision = risk.Assess(new RiskInput(
            signal,
            sample,
            sample.Quote.IsTwoSided ? ledger.Mark(sample.Instrument, sample.Quote.Mid, sample.EventTime) : ledger.Snapshot(),
            rules,
            openOrders,
            Armed: true)
        {
            Reconciling = false,
            Conditions = MarketConditions.Of(signal, sample, isKnownInstrument: true),
        });
        if (before != BreakerMode.Halted && risk.Breaker.Mode == BreakerMode.Halted && execution.CancelNow(execution.OpenOrders, risk.Breaker.Reason) > 0)
        {
            TradingLane.Book(execution, ledger, rules, filled);
        }

        if (decision.Intent is { } intent && execution.Submit(intent).IsNew)
        {
            TradingLane.Book(execution, ledger, rules, filled);
        }

        return decision;
    }
}
