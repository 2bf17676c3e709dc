namespace BtcAgent.Domain.Portfolios;

/// <summary>Prices of markets that are not traded here, to value what a portfolio holds, or owes, of their base asset.</summary>
public interface IValuationPrices
{
    /// <summary>The middle between best bid and ask, in the market's quote asset.</summary>
    /// <returns>Null when the venue has no such market, or its book has no two sides.</returns>
    /// <exception cref="MarketData.MarketFeedException">The venue did not answer.</exception>
    Task<decimal?> GetMidAsync(InstrumentId market, CancellationToken cancellationToken);
}
