using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Domain.MarketData.Streams;

/// <summary>Position of an <see cref="InstrumentStream"/> in its instrument's market data.</summary>
public sealed record InstrumentStreamState
{
    /// <summary>The current epoch; for two lines, that of the merged stream. 0 before the first batch.</summary>
    public long Epoch { get; init; }

    /// <summary>Sequence of the last event taken.</summary>
    public long LastSequence { get; init; }

    /// <summary>Number of repeated events that were skipped.</summary>
    public long Repeats { get; init; }

    /// <summary>Number of missing events.</summary>
    public long Missing { get; init; }

    /// <summary>State of two lines; null with one.</summary>
    public LineArbiterState? Lines { get; init; }
}
