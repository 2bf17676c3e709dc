using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>Which tapes to play and how fast. Section <c>Tape</c>.</summary>
public sealed class TapeOptions
{
    public const string Section = "Tape";

    /// <summary>Tape files in order of time; at least one. Required.</summary>
    [MinLength(1)]
    public IList<string> Paths { get; } = [];

    /// <summary>
    /// File with tallies of posts, one JSON object per line, that are injected before the first event received after they were known. Default null: the
    /// sentiment features stay unknown.
    /// </summary>
    public string? SentimentFile { get; set; }

    /// <summary>
    /// File with notices of economic releases, one JSON object per line, by the same rule. Default null: the calendar features stay unknown.
    /// </summary>
    public string? CalendarFile { get; set; }

    /// <summary>
    /// Multiple of the recorded speed, 0…1,000,000. Default 1, as recorded; 0 is as fast as the consumer reads.
    /// </summary>
    [Range(0.0, 1_000_000.0)]
    public double Speed { get; set; } = 1;

    /// <summary>
    /// True shifts all times by the same span, so that the first frame arrives now, for agents that check ages. Default
    /// false.
    /// </summary>
    public bool AsIfNow { get; set; }

    /// <summary>
    /// Base asset of the instrument, which a tape does not name. Default null: the symbol without its trailing
    /// <see cref="QuoteAsset"/>.
    /// </summary>
    public string? BaseAsset { get; set; }

    /// <summary>Quote asset of the instrument. Default USDT.</summary>
    [Required]
    public string QuoteAsset { get; set; } = "USDT";

    /// <summary>In quote asset. Default: BTCUSDT on Binance, 2026 (PRICE_FILTER).</summary>
    [Range(1e-8, 1e9)]
    public decimal TickSize { get; set; } = 0.01m;

    /// <summary>In base asset; also the smallest quantity. Default: BTCUSDT on Binance, 2026 (LOT_SIZE).</summary>
    [Range(1e-8, 1e9)]
    public decimal LotSize { get; set; } = 0.00001m;

    /// <summary>In base asset. Default: BTCUSDT on Binance, 2026 (LOT_SIZE).</summary>
    [Range(1e-8, 9e10)]
    public decimal MaxQuantity { get; set; } = 9_000m;

    /// <summary>In quote asset. Default: BTCUSDT on Binance, 2026 (NOTIONAL).</summary>
    [Range(0, 1e9)]
    public decimal MinNotional { get; set; } = 5m;
}
