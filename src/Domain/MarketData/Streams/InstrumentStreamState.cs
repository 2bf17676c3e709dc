using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Domain.MarketData.Streams;

/// <summary>Where an <see cref="InstrumentStream"/> is in the market data of its instrument.</summary>
public sealed record InstrumentStreamState
{
    /// <summary>Epoch that is being read; of two lines, of their merged stream. 0 before the first batch.</summary>
    public long Epoch { get; init; }

    /// <summary>Sequence of the last event that was taken.</summary>
    public long LastSequence { get; init; }

    /// <summary>Events that came again and were left out.</summary>
    public long Repeats { get; init; }

    /// <summary>Events of an epoch that never came.</summary>
    public long Missing { get; init; }

    /// <summary>Of two lines; null with one.</summary>
    public LineArbiterState? Lines { get; init; }
}
