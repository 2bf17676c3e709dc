using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Features;

/// <summary>Passes an instrument's market to one execution.</summary>
internal interface IMarketLane
{
    /// <summary>Passes consecutive events, in the order of the calls.</summary>
    /// <param name="batch">Batch with the events.</param>
    /// <param name="from">Index of the first event to pass.</param>
    /// <param name="to">Index after the last one.</param>
    /// <returns>Completes when decisions that depend on the execution's reaction may be made.</returns>
    Task ForwardAsync(MarketDataBatch batch, int from, int to);
}
