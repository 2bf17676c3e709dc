using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.MarketData;

/// <summary>A venue's market data: a live connection, or a tape.</summary>
public interface IMarketFeed
{
    /// <summary>True for a recording, which brings its own tallies of posts; those of today have no place in it. Default false.</summary>
    bool IsRecorded => false;

    /// <summary>Returns the venue's rules of the instrument: tick, lot, limits.</summary>
    /// <exception cref="MarketFeedException">The venue does not list it or cannot be reached.</exception>
    Task<TradingRules> GetTradingRulesAsync(InstrumentId instrument, CancellationToken cancellationToken);

    /// <summary>
    /// Runs until cancelled, or until a tape ends. Reconnects and resynchronises by itself; stamps
    /// <see cref="MarketEvent.Sequence"/> from 1.
    /// </summary>
    Task RunAsync(InstrumentId instrument, IMarketEventSink sink, CancellationToken cancellationToken);
}
