using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>A parent order and how it is to be worked. Unchanged from start to end.</summary>
[GenerateSerializer, Immutable, Alias("SlicePlan")]
public sealed record SlicePlan
{
    /// <summary>Longest client order id that the venue takes.</summary>
    public const int ClientOrderIdMax = 36;

    [Id(0)] public required string ParentClientOrderId { get; init; }

    [Id(1)] public required TradingRules Rules { get; init; }

    [Id(2)] public required Side Side { get; init; }

    /// <summary>In base asset; a multiple of the lot.</summary>
    [Id(3)] public required Quantity Quantity { get; init; }

    [Id(4)] public required SliceAlgorithm Algorithm { get; init; }

    [Id(5)] public required Timestamp StartTime { get; init; }

    [Id(6)] public required Timestamp EndTime { get; init; }

    [Id(7)] public LeftoverPolicy Leftover { get; init; } = LeftoverPolicy.Leave;

    /// <summary>Worst price of any child; null sets none. An iceberg needs one: all its parts rest there.</summary>
    [Id(8)] public Price? LimitPrice { get; init; }

    /// <summary>Parts of a TWAP, 1…500.</summary>
    [Id(9)] public int Slices { get; init; } = 1;

    /// <summary>Volume expected in each span of a VWAP, in any unit; 1…500, none negative, not all zero.</summary>
    [Id(10)] public ImmutableArray<decimal> Weights { get; init; } = [];

    /// <summary>TWAP and VWAP children take the far side's best price; else they rest at their own side's.</summary>
    [Id(11)] public bool CrossesSpread { get; init; }

    /// <summary>Most of the market's volume since the start that may be filled and open, 0…1; null sets none.</summary>
    [Id(12)] public decimal? ParticipationCap { get; init; }

    /// <summary>Of an iceberg or peg; null shows all. Raised to what the venue accepts.</summary>
    [Id(13)] public Quantity? VisibleQuantity { get; init; }

    /// <summary>Of a peg: how far behind its own side's best price.</summary>
    [Id(14)] public Price PegOffset { get; init; }

    /// <summary>Of a peg: least change of price that is followed.</summary>
    [Id(15)] public Price RepriceThreshold { get; init; }

    /// <summary>Of a peg: least time that a child stays at its price.</summary>
    [Id(16)] public TimeSpan RepriceInterval { get; init; }

    /// <summary>Spans of the schedule; one for icebergs and pegs.</summary>
    public int SpanCount => Algorithm switch
    {
        SliceAlgorithm.Twap => Slices,
        SliceAlgorithm.Vwap => Weights.Length,
        _ => 1,
    };

    public bool FollowsSchedule => Algorithm is SliceAlgorithm.Twap or SliceAlgorithm.Vwap;

    public string ChildId(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{ParentClientOrderId}-s{index}");

    /// <summary>Why the plan cannot be worked, with the remedy; null when it can.</summary>
    public string? Problem()
    {
        if (ChildId(Slicer.ChildrenMax - 1).Length > ClientOrderIdMax)
        {
            return $"'{ParentClientOrderId}' leaves no room for the children's ids: shorten it";
        }

        if (Quantity.IsZero || Quantity.Units % ChildSizing.LotOf(Rules) != 0)
        {
            return $"quantity {Quantity} is not a positive multiple of the lot {Rules.LotSize}: round it down first";
        }

        if (EndTime <= StartTime || !StartTime.IsKnown)
        {
            return $"the end {EndTime} is not after the start {StartTime}: set both";
        }

        if (FollowsSchedule && SpanCount is < 1 or > Slicer.SpansMax)
        {
            return $"{SpanCount} spans are outside 1…{Slicer.SpansMax}: change the slices or weights";
        }

        if (Algorithm == SliceAlgorithm.Vwap && (Weights.Any(weight => weight < 0) || Weights.Sum() <= 0))
        {
            return "the weights must not be negative, nor all zero: mend the volume profile";
        }

        if (LimitPrice is { } limit && (limit.IsZero || (Rules.TickSize is { IsZero: false } tick
            && limit.Units % tick.Units != 0)))
        {
            return $"limit price {limit} is not a positive multiple of the tick {Rules.TickSize}: round it";
        }

        return ParticipationCap is <= 0 or > 1 ? "the participation cap is outside 0…1: change it"
            : RepriceInterval < TimeSpan.Zero ? "the reprice interval is negative: change it"
            : Algorithm == SliceAlgorithm.Iceberg && LimitPrice is null ? "an iceberg needs a limit price: set it"
            : null;
    }
}
