using System.Collections.Immutable;
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

    /// <summary>
    /// Starts the books with the allocated part of the venue's account, once: later calls, and books that have begun, change
    /// nothing.
    /// </summary>
    /// <returns>Why they cannot begin; null when they have.</returns>
    [Alias("OpenAccount")]
    Task<string?> OpenAccount(ImmutableSortedDictionary<string, decimal> balances);

    /// <summary>
    /// Compares the account with the books and books what explains itself, in one step; stored before the answer. Books that
    /// have changed since the reading began are not compared.
    /// </summary>
    [Alias("Agree")]
    Task<AccountSettlement> Agree(AccountReading reading);

    /// <summary>Markets that are not traded and whose prices the books need, to value what fees are paid in.</summary>
    [Alias("GetMarketsToValue")]
    Task<ImmutableArray<InstrumentId>> GetMarketsToValue();

    /// <summary>Takes the mid price of such a market; stored with the next mark.</summary>
    [Alias("Value")]
    Task Value(InstrumentId market, decimal mid);

    /// <summary>Books a deposit or withdrawal, once by its id; stored before the answer.</summary>
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
