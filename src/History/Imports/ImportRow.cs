using Google.Protobuf;

namespace BtcAgent.History.Imports;

/// <summary>A row of a file, as the history takes it.</summary>
/// <param name="Kind">Trade, quote or bar.</param>
/// <param name="Line">Its line, or its row where the file has no lines, from 1.</param>
/// <param name="FirstId">First trade id; update id of a quote; of a bar its place on the grid of its interval.</param>
/// <param name="LastId">Last trade id; of the others as <paramref name="FirstId"/>.</param>
/// <param name="Time">Event time, or open time of a bar.</param>
public readonly record struct ImportRow(RowKind Kind, long Line, long FirstId, long LastId, Timestamp Time)
{
    /// <summary>Interval of a bar.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>True for a bar that is off the grid of the file's interval, or cut short by the next one.</summary>
    public bool IsOffGrid { get; init; }

    /// <summary>True for a bar without a trade.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>True for a row that repeats an earlier one of its file; null where the ids say so.</summary>
    public bool? IsRepeat { get; init; }

    /// <summary><c>MarketEvent</c> or <c>ClosedBar</c> of <c>BtcAgent.Contracts.Wire.V1</c>; null where it was not asked for.</summary>
    public IMessage? Message { get; init; }
}
