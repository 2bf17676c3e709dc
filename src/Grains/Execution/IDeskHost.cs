using System.Collections.Immutable;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Activations;

namespace BtcAgent.Grains.Execution;

/// <summary>What a desk needs of the grain around it: its stored state, the books, and whoever stops the portfolio.</summary>
internal interface IDeskHost
{
    string Portfolio { get; }

    InstrumentId Instrument { get; }

    /// <summary>Memory of what <see cref="StoreAsync"/> writes; a desk changes its own part of it.</summary>
    ExecutionGrainState Stored { get; }

    /// <summary>Why the desk is not to work, because activations before it have failed; null to work.</summary>
    StandStill? StandsStill { get; }

    /// <summary>Returns when <see cref="Stored"/> as it is now has been written. When that fails the activation ends.</summary>
    Task StoreAsync();

    /// <summary>The instrument's rules; null until its feed has started.</summary>
    Task<TradingRules?> GetRulesAsync();

    /// <summary>Returns when the portfolio has stored these fills, each once; then they are published.</summary>
    Task BookAsync(ImmutableArray<Fill> fills);

    Task<PortfolioSnapshot> GetBooksAsync();

    /// <summary>Starts the portfolio's books with its part of these balances, if they have not begun.</summary>
    /// <returns>Why they cannot; null when they have begun.</returns>
    Task<string?> OpenBooksAsync(ImmutableSortedDictionary<string, decimal> balances);

    /// <summary>Compares the account with the books, and books what explains itself.</summary>
    Task<AccountSettlement> AgreeAsync(AccountReading reading);

    /// <summary>Largest notional of one order in force, in quote asset.</summary>
    Task<decimal> GetOrderNotionalMaxAsync();

    /// <summary>Why the portfolio is halted, by an operator whose halt is pending or in its own state; null when it is not.</summary>
    Task<string?> WhyHaltedAsync();

    /// <summary>Why no order may be sent now, halted or not armed; null when it may.</summary>
    Task<string?> WhyStoppedAsync();

    /// <summary>Stops the portfolio.</summary>
    Task HaltAsync(string reason);

    /// <summary>The desk works as it should: earlier failures are over.</summary>
    void Works();

    /// <summary>Ends the activation; the next one starts from the store.</summary>
    void End();

    /// <summary>Counts the failure beyond the activation, and ends it.</summary>
    void Failed(Exception failure);
}
