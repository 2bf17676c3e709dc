using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Contracts.Portfolios;

/// <summary>Key: portfolio. Keeps the books.</summary>
[Alias("IPortfolioGrain")]
public interface IPortfolioGrain : IGrainWithStringKey
{
    /// <summary>Books fills once each, by trade id; stored before the answer.</summary>
    [Alias("Apply")]
    Task<PortfolioSnapshot> Apply(ImmutableArray<Fill> fills);

    /// <summary>Starts the books with the venue's balances, once: later calls, and books that have begun, change nothing.</summary>
    [Alias("OpenWith")]
    Task OpenWith(ImmutableSortedDictionary<string, decimal> balances);

    /// <summary>Books a deposit, withdrawal or correction, once by its id; stored before the answer.</summary>
    [Alias("Transfer")]
    Task<PortfolioSnapshot> Transfer(BalanceTransfer transfer);

    /// <summary>Values the portfolio at a mid price; a new high-water mark is stored before the answer.</summary>
    [Alias("Mark")]
    Task<PortfolioSnapshot> Mark(InstrumentId instrument, decimal mid, Timestamp eventTime);

    [Alias("GetSnapshot")]
    Task<PortfolioSnapshot> GetSnapshot();

    [Alias("GetEquityCurve")]
    Task<ImmutableArray<EquityPoint>> GetEquityCurve();
}
