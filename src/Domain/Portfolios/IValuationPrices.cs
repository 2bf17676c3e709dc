namespace BtcAgent.Domain.Portfolios;

/// <summary>Prices of markets that are not traded, to value holdings and debts in their base asset.</summary>
public interface IValuationPrices
{
    /// <summary>Returns the mid of best bid and ask, in the market's quote asset.</summary>
    /// <returns>Null when the venue does not list the market, or its book is one-sided or empty.</returns>
    /// <exception cref="MarketData.MarketFeedException">The venue did not answer.</exception>
    Task<decimal?> GetMidAsync(InstrumentId market, CancellationToken cancellationToken);
}
