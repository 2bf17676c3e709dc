using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Exchanges.Binance.Settings;

/// <summary>Addresses, limits and timing of Binance spot market data. Section <c>Binance</c>.</summary>
public sealed class BinanceOptions
{
    public const string Section = "Binance";

    /// <summary>Default: mainnet.</summary>
    [Required]
    public Uri RestBaseAddress { get; set; } = new("https://api.binance.com");

    /// <summary>Default: mainnet; <c>/stream?streams=…</c> is appended.</summary>
    [Required]
    public Uri StreamBaseAddress { get; set; } = new("wss://stream.binance.com:9443");

    /// <summary>
    /// Whether the addresses are a simulator's: <c>binance-testnet</c> then accepts plain http and ws. Default false;
    /// refused with <c>binance-live</c>.
    /// </summary>
    public bool Simulated { get; set; }

    /// <summary>
    /// Levels a side of a depth snapshot, 5…5,000. Weight: 5 up to 100, 25 up to 500, 50 up to 1,000, else 250. Default 1,000.
    /// </summary>
    [Range(5, 5_000)]
    public int SnapshotLevels { get; set; } = 1_000;

    /// <summary>
    /// Request weight per minute that the agent may use, 50…6,000. Default 3,000. The venue allows 6,000 per address, which
    /// other programs may share. Source: <c>exchangeInfo.rateLimits</c>.
    /// </summary>
    [Range(50, 6_000)]
    public int WeightPerMinuteMax { get; set; } = 3_000;

    /// <summary>Time limit of one REST request, in seconds, 1…120. Default 10.</summary>
    [Range(1.0, 120.0)]
    public double RequestTimeoutSeconds { get; set; } = 10;

    /// <inheritdoc cref="RequestTimeoutSeconds"/>
    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(RequestTimeoutSeconds);

    /// <summary>
    /// First wait before reconnecting, in seconds, 0.01…60. Default 0.5; doubles with each consecutive failure.
    /// </summary>
    [Range(0.01, 60)]
    public double BackOffStartSeconds { get; set; } = 0.5;

    /// <inheritdoc cref="BackOffStartSeconds"/>
    public TimeSpan BackOffStart => TimeSpan.FromSeconds(BackOffStartSeconds);

    /// <summary>
    /// Longest wait before reconnecting, in seconds, 0.01…600. Default 30. The venue allows 300 connections in 5 minutes.
    /// </summary>
    [Range(0.01, 600)]
    public double BackOffMaxSeconds { get; set; } = 30;

    /// <inheritdoc cref="BackOffMaxSeconds"/>
    public TimeSpan BackOffMax => TimeSpan.FromSeconds(BackOffMaxSeconds);

    /// <summary>
    /// Seed of the jitter on the waits: each lasts between half and all of its nominal length.
    /// Default 20,240,808.
    /// </summary>
    public int JitterSeed { get; set; } = 20_240_808;

    /// <summary>A connection without a frame for this long is dropped, in seconds, 1…600. Default 15.</summary>
    [Range(1.0, 600.0)]
    public double SilenceSeconds { get; set; } = 15;

    /// <inheritdoc cref="SilenceSeconds"/>
    public TimeSpan Silence => TimeSpan.FromSeconds(SilenceSeconds);

    /// <summary>Age at which a connection is renewed, in hours, 0.1…24. Default 23.5; the venue closes it at 24.</summary>
    [Range(0.1, 24)]
    public double ConnectionHoursMax { get; set; } = 23.5;

    /// <inheritdoc cref="ConnectionHoursMax"/>
    public TimeSpan ConnectionAgeMax => TimeSpan.FromHours(ConnectionHoursMax);

    /// <summary>Interval of our own pings, in seconds, 1…300. Default 20. The socket answers the venue's pings.</summary>
    [Range(1.0, 300.0)]
    public double KeepAliveSeconds { get; set; } = 20;

    /// <inheritdoc cref="KeepAliveSeconds"/>
    public TimeSpan KeepAlive => TimeSpan.FromSeconds(KeepAliveSeconds);

    /// <summary>Shortest time between two depth snapshots, in seconds, 0.01…600. Default 2.</summary>
    [Range(0.01, 600)]
    public double SnapshotIntervalSeconds { get; set; } = 2;

    /// <inheritdoc cref="SnapshotIntervalSeconds"/>
    public TimeSpan SnapshotInterval => TimeSpan.FromSeconds(SnapshotIntervalSeconds);

    /// <summary>
    /// Samples taken per measurement of the venue's clock, 1…50. Default 5; the one with the shortest round trip counts.
    /// </summary>
    [Range(1, 50)]
    public int ClockSamples { get; set; } = 5;

    /// <summary>Seconds between measurements of the venue's clock while a feed runs, 1…3,600. Default 60.</summary>
    [Range(1.0, 3_600.0)]
    public double ClockEverySeconds { get; set; } = 60;

    /// <inheritdoc cref="ClockEverySeconds"/>
    public TimeSpan ClockEvery => TimeSpan.FromSeconds(ClockEverySeconds);

    /// <summary>Folder for tapes of the raw frames; null records nothing. Default none.</summary>
    public string? RecordTo { get; set; }
}
