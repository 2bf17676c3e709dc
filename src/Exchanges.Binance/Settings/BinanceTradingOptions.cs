using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Exchanges.Binance.Settings;

/// <summary>
/// Keys, addresses and limits for trading on Binance spot. Section <c>BinanceTrading</c>. Keys belong in the environment
/// (<c>BinanceTrading__ApiKey</c>, …) or in files, never on a command line.
/// </summary>
public sealed class BinanceTradingOptions
{
    public const string Section = "BinanceTrading";

    /// <summary>Default: mainnet. Orders and user data use it first, REST second.</summary>
    [Required]
    public Uri WebSocketApiAddress { get; set; } = new("wss://ws-api.binance.com:443/ws-api/v3");

    /// <summary>API key of the account. Default empty.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// File with the API key, such as a mounted secret; used when <see cref="ApiKey"/> is empty.
    /// Default empty.
    /// </summary>
    public string ApiKeyFile { get; set; } = "";

    /// <summary>Secret of an HMAC key. Default empty.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>File with the secret of an HMAC key. Default empty.</summary>
    public string SecretKeyFile { get; set; } = "";

    /// <summary>File with an Ed25519 private key, PEM (PKCS #8); takes precedence over an HMAC secret. Default empty.</summary>
    public string PrivateKeyFile { get; set; } = "";

    /// <summary>
    /// Age at which the venue refuses a request without processing it, in milliseconds of its clock, 100…60,000. Default
    /// 2,000. The outcome of an order without an answer is unknown for this long. Binance allows 60,000 and recommends
    /// 5,000 or less.
    /// </summary>
    [Range(100, 60_000)]
    public int RecvWindowMs { get; set; } = 2_000;

    /// <inheritdoc cref="RecvWindowMs"/>
    public TimeSpan RecvWindow => TimeSpan.FromMilliseconds(RecvWindowMs);

    /// <summary>
    /// Wait for an answer to a command or query, in seconds, 0.1…60. Default 3; after it the outcome is unknown.
    /// </summary>
    [Range(0.1, 60)]
    public double AnswerTimeoutSeconds { get; set; } = 3;

    /// <inheritdoc cref="AnswerTimeoutSeconds"/>
    public TimeSpan AnswerTimeout => TimeSpan.FromSeconds(AnswerTimeoutSeconds);

    /// <summary>
    /// An acknowledged order must appear in the user data within this many seconds, 0.5…600. Default 5; otherwise the
    /// stream counts as dead and is reopened.
    /// </summary>
    [Range(0.5, 600)]
    public double SilenceSeconds { get; set; } = 5;

    /// <inheritdoc cref="SilenceSeconds"/>
    public TimeSpan Silence => TimeSpan.FromSeconds(SilenceSeconds);

    /// <summary>
    /// Largest failed fraction (no answer, HTTP 5xx) of the requests of one kind within 30 s, counted from ten requests on.
    /// Default 0.5; a larger one pauses that kind for <see cref="PauseSeconds"/>.
    /// </summary>
    [Range(0.01, 1.0)]
    public double FailureRatioMax { get; set; } = 0.5;

    /// <summary>Length of such a pause, in seconds, 0.5…300. Default 2.</summary>
    [Range(0.5, 300)]
    public double PauseSeconds { get; set; } = 2;

    /// <inheritdoc cref="PauseSeconds"/>
    public TimeSpan Pause => TimeSpan.FromSeconds(PauseSeconds);

    /// <summary>
    /// Orders per 10 s that the agent may send. Default 90; the venue's own limit is in <c>exchangeInfo.rateLimits</c>
    /// (100).
    /// </summary>
    [Range(1, 100_000)]
    public int OrdersPerTenSecondsMax { get; set; } = 90;
}
