using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Execution;

/// <summary>The conditions paper orders trade under. Times are event time.</summary>
public sealed class PaperOptions
{
    /// <summary>From decision to the venue, in milliseconds. Default 50.</summary>
    [Range(0, 60_000)]
    public int LatencyMs { get; set; } = 50;

    /// <summary>Added to the latency, evenly spread over 0…this many milliseconds. Default 0.</summary>
    [Range(0, 60_000)]
    public int LatencyJitterMs { get; set; }

    /// <summary>Of the notional, in basis points, for fills that had rested. Default 10, Binance spot VIP 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal MakerFeeBps { get; set; } = 10;

    /// <summary>Of the notional, in basis points, for fills that take. Default 10, Binance spot VIP 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal TakerFeeBps { get; set; } = 10;

    [EnumDataType(typeof(PaperFeeAsset))]
    public PaperFeeAsset FeeAsset { get; set; } = PaperFeeAsset.Quote;

    /// <summary>Fraction of a level's quantity that may be taken, rounded down to the lot. Default 1.</summary>
    [Range(0.0, 1.0)]
    public decimal ParticipationLimit { get; set; } = 1;

    /// <summary>Of the jitter: the same seed and orders give the same latencies.</summary>
    public ulong Seed { get; set; } = 1;
}
