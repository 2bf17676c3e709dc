using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Keys;

namespace BtcAgent.Grains.Signals;

/// <summary>The books of a canary portfolio, and what it holds on one instrument.</summary>
/// <param name="Books">The portfolio.</param>
/// <param name="Held">Its open orders and position; null when it has none that the venue would accept an order for.</param>
public sealed record CanaryHoldings(PortfolioSnapshot Books, string? Held)
{
    /// <summary>Net profit of a portfolio since its books began, open positions included, in its quote asset.</summary>
    public static decimal PnlOf(PortfolioSnapshot books) => books.RealizedPnl + books.UnrealizedPnl - books.Fees;

    /// <exception cref="Exception">A grain does not answer, or the instrument's feed has not started.</exception>
    public static async Task<CanaryHoldings> ReadAsync(IGrainFactory grains, string portfolio, InstrumentId instrument)
    {
        var open = (await grains.GetGrain<IExecutionGrain>(GrainKeys.Execution(portfolio, instrument)).GetOpenOrders()).Orders.Length;
        var rules = await grains.GetGrain<IInstrumentGrain>(instrument.Key).GetRules()
            ?? throw new InvalidOperationException($"{instrument} has no trading rules yet: its feed has not started");
        var books = await grains.GetGrain<IPortfolioGrain>(portfolio).GetSnapshot();
        return new CanaryHoldings(
            books,
            open > 0 ? $"'{portfolio}' has {open} open orders on {instrument}"
            : ReducingSlice.IsClosed(books, rules) ? null
            : $"'{portfolio}' holds {books.Position(instrument)!.Quantity} of {instrument}");
    }
}
