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
        var risk = AccountSteps.Follow(Risk, Execution, Ledger, rules, signal, sample, openOrders, filled);
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
