using System.Collections.Immutable;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Activations;

namespace BtcAgent.Grains.Execution;

/// <summary>The grain around a desk: its stored state, the books, and the ways to stop the portfolio.</summary>
internal interface IDeskHost
{
    string Portfolio { get; }

    InstrumentId Instrument { get; }

    /// <summary>The state that <see cref="StoreAsync"/> writes; a desk changes its own part of it.</summary>
    ExecutionGrainState Stored { get; }

    /// <summary>Why the desk must not start its work, after activations have failed; null when it may.</summary>
    Standstill? Standstill { get; }

    /// <summary>Completes when the current <see cref="Stored"/> has been written. A failure ends the activation.</summary>
    Task StoreAsync();

    /// <summary>The instrument's rules; null until its feed has started.</summary>
    Task<TradingRules?> GetRulesAsync();

    /// <summary>Completes when the portfolio has stored these fills, each once; then publishes them.</summary>
    Task BookAsync(ImmutableArray<Fill> fills);

    /// <summary>Publishes an order after a transition that is stored.</summary>
    void Publish(Order order);

    Task<PortfolioSnapshot> GetBooksAsync();

    /// <summary>Opens the portfolio's books with its part of these balances, unless they are open.</summary>
    /// <returns>Why they cannot be opened; null when they are open.</returns>
    Task<string?> OpenBooksAsync(ImmutableSortedDictionary<string, decimal> balances);

    /// <summary>Compares the account with the books, and books the explained differences.</summary>
    Task<AccountSettlement> AgreeAsync(AccountReading reading);

    /// <summary>The limit on one order's notional in force, in quote asset.</summary>
    Task<decimal> GetOrderNotionalMaxAsync();

    /// <summary>
    /// Why the portfolio is halted, in its own state or by an operator's pending halt; null when it is not.
    /// </summary>
    Task<string?> WhyHaltedAsync();

    /// <summary>Why no order may be sent now, halted or not armed; null when one may.</summary>
    Task<string?> WhyStoppedAsync();

    /// <summary>Halts the portfolio.</summary>
    Task HaltAsync(string reason);

    /// <summary>Reports that the desk works, which ends the count of earlier failures.</summary>
    void Works();

    /// <summary>Ends the activation; the next one starts from the store.</summary>
    void End();

    /// <summary>Counts the failure beyond the activation, and ends the activation.</summary>
    void Failed(Exception failure);
}
