namespace BtcAgent.Contracts.Streams;

/// <summary>Names of the stream provider and its namespaces. The stream key is the instrument's key.</summary>
public static class StreamNames
{
    public const string Provider = "facts";

    /// <summary><see cref="Domain.MarketData.MarketDataBatch"/> in feed order per instrument.</summary>
    public const string MarketData = "market_data";
}
