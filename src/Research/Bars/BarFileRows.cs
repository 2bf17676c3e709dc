using System.Collections.Immutable;
using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>The rows of one file of bars, as they are.</summary>
public sealed class BarFileRows
{
    private readonly BarOrigins _origins;

    internal BarFileRows(Bar[] bars, BarOrigins origins, TimeSpan? firstLength, ImmutableArray<string> remarks) =>
        (Bars, _origins, FirstLength, Remarks) = (bars, origins, firstLength, remarks);

    /// <summary>In the order of the file, also those that repeat a time; their intervals are zero.</summary>
    public IReadOnlyList<Bar> Bars { get; }

    /// <summary>Length of the first bar by its close time; null where the file has none.</summary>
    public TimeSpan? FirstLength { get; }

    /// <summary>Everything assumed or skipped, a sentence each.</summary>
    public ImmutableArray<string> Remarks { get; }

    /// <summary>Line of a row, from 1.</summary>
    public long LineOf(int index) => _origins.Find(index).Line;
}
