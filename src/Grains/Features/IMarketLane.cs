using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Features;

/// <summary>The way of the market from an instrument to one execution on it.</summary>
internal interface IMarketLane
{
    /// <summary>Shows consecutive events, in the order of the calls.</summary>
    /// <param name="batch">Holds the events.</param>
    /// <param name="from">Index of the first one to show.</param>
    /// <param name="to">Index after the last one.</param>
    /// <returns>Ends when decisions may be made that depend on what the execution did with them.</returns>
    Task ShowAsync(MarketDataBatch batch, int from, int to);
}
