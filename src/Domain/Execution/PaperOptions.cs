using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Execution;

/// <summary>Conditions of paper trading. Times are event time.</summary>
public sealed class PaperOptions
{
    /// <summary>Latency from the decision to the venue, in milliseconds. Default 50.</summary>
    [Range(0, 60_000)]
    public int LatencyMs { get; set; } = 50;

    /// <summary>Jitter added to the latency, uniform in 0…this many milliseconds. Default 0.</summary>
    [Range(0, 60_000)]
    public int LatencyJitterMs { get; set; }

    /// <summary>Maker fee on the notional, in basis points. Default 10, Binance spot VIP 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal MakerFeeBps { get; set; } = 10;

    /// <summary>Taker fee on the notional, in basis points. Default 10, Binance spot VIP 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal TakerFeeBps { get; set; } = 10;

    /// <summary>Asset of the fees. Default Quote.</summary>
    [EnumDataType(typeof(PaperFeeAsset))]
    public PaperFeeAsset FeeAsset { get; set; } = PaperFeeAsset.Quote;

    /// <summary>Fraction of a level's quantity that an order may take, rounded down to the lot. Default 1.</summary>
    [Range(0.0, 1.0)]
    public decimal ParticipationLimit { get; set; } = 1;

    /// <summary>Seed of the jitter: the same seed and orders give the same latencies. Default 1.</summary>
    public ulong Seed { get; set; } = 1;
}
