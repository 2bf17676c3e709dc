using System.Collections.Immutable;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Grains.Execution;

/// <summary>What a <see cref="LiveDesk"/> needs of the grain around it.</summary>
/// <param name="Restored">The stored state; null for none.</param>
/// <param name="Paper">Conditions of the simulated twins.</param>
/// <param name="Rules">The instrument's rules; null until its feed has started.</param>
/// <param name="Store">Writes the state.</param>
/// <param name="Deliver">Hands fills to the portfolio, which stores them.</param>
/// <param name="Open">Starts the portfolio's books with its part of these balances, if they have not begun; says why they cannot.</param>
/// <param name="Portfolio">The portfolio's books.</param>
/// <param name="Agree">Compares the account with the books, and books what explains itself.</param>
/// <param name="WhyStopped">Why no order may be sent now, halted or not armed; null when it may.</param>
/// <param name="Halt">Stops the portfolio with a reason.</param>
/// <param name="Works">A whole comparison agreed: earlier failures are over.</param>
/// <param name="End">Ends the activation.</param>
/// <param name="Failed">Notes what failed, and ends the activation.</param>
internal sealed record LiveDeskHost(
    LiveExecutionState? Restored,
    PaperOptions Paper,
    Func<Task<TradingRules?>> Rules,
    Func<LiveExecutionState, Task> Store,
    Func<ImmutableArray<Fill>, Task> Deliver,
    Func<ImmutableSortedDictionary<string, decimal>, Task<string?>> Open,
    Func<Task<PortfolioSnapshot>> Portfolio,
    Func<AccountReading, Task<AccountSettlement>> Agree,
    Func<Task<string?>> WhyStopped,
    Func<string, Task> Halt,
    Action Works,
    Action End,
    Action<Exception> Failed);
