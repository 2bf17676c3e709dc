using System.Collections.Immutable;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Contracts.Portfolios;

/// <summary>Key: portfolio. Keeps the books.</summary>
[Alias("IPortfolioGrain")]
public interface IPortfolioGrain : IGrainWithStringKey
{
    /// <summary>Books each fill once, by its number or trade id, and stores it before returning.</summary>
    [Alias("Apply")]
    Task<PortfolioSnapshot> Apply(ImmutableArray<Fill> fills);

    /// <summary>Opens the books with the allocated part of the venue's account, once: later calls change nothing.</summary>
    /// <returns>Why the books cannot be opened; null when they are open.</returns>
    [Alias("OpenAccount")]
    Task<string?> OpenAccount(ImmutableSortedDictionary<string, decimal> balances);

    /// <summary>
    /// Compares the account with the books and books explained differences in one step, and stores them before returning. Does
    /// not compare books that have changed since the reading began.
    /// </summary>
    [Alias("Agree")]
    Task<AccountSettlement> Agree(AccountReading reading);

    /// <summary>Returns the untraded markets whose prices the books need to value fees.</summary>
    [Alias("GetMarketsToValue")]
    Task<ImmutableArray<InstrumentId>> GetMarketsToValue();

    /// <summary>Sets the mid price of such a market; stored with the next mark.</summary>
    [Alias("Value")]
    Task Value(InstrumentId market, decimal mid);

    /// <summary>Books a deposit or withdrawal once, by its id, and stores it before returning.</summary>
    [Alias("Transfer")]
    Task<PortfolioSnapshot> Transfer(BalanceTransfer transfer);

    /// <summary>Values the portfolio at a mid price, and stores a new high-water mark before returning.</summary>
    [Alias("Mark")]
    Task<PortfolioSnapshot> Mark(InstrumentId instrument, decimal mid, Timestamp eventTime);

    [Alias("GetSnapshot")]
    Task<PortfolioSnapshot> GetSnapshot();

    [Alias("GetEquityCurve")]
    Task<ImmutableArray<EquityPoint>> GetEquityCurve();
}
