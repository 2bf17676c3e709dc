using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Exchanges.Binance.Settings;

/// <summary>
/// How to trade on Binance spot. Section <c>BinanceTrading</c>. Keys belong into the environment
/// (<c>BinanceTrading__ApiKey</c>, …) or into files, never on a command line.
/// </summary>
public sealed class BinanceTradingOptions
{
    public const string Section = "BinanceTrading";

    /// <summary>Public default: mainnet. Orders and user data go here first.</summary>
    [Required]
    public Uri WebSocketApiAddress { get; set; } = new("wss://ws-api.binance.com:443/ws-api/v3");

    public string ApiKey { get; set; } = "";

    /// <summary>File with the API key, such as a mounted secret; counts when <see cref="ApiKey"/> is empty.</summary>
    public string ApiKeyFile { get; set; } = "";

    /// <summary>Secret of an HMAC key.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>File with the secret of an HMAC key.</summary>
    public string SecretKeyFile { get; set; } = "";

    /// <summary>File with an Ed25519 private key, PEM (PKCS #8); counts before an HMAC secret.</summary>
    public string PrivateKeyFile { get; set; } = "";

    /// <summary>
    /// Age at which the venue refuses a request unseen, in milliseconds of its clock, 100…60,000. An order without an
    /// answer is in doubt for this long. Binance allows 60,000 and recommends 5,000 or less.
    /// </summary>
    [Range(100, 60_000)]
    public int RecvWindowMs { get; set; } = 2_000;

    /// <summary>Wait for an answer to a command or question, in seconds, 0.1…60; then its outcome is unknown.</summary>
    [Range(0.1, 60)]
    public double AnswerTimeoutSeconds { get; set; } = 3;

    /// <summary>
    /// An order that was answered for has to show in the user data within this many seconds, 0.5…600; else the stream
    /// counts as dead and is opened anew.
    /// </summary>
    [Range(0.5, 600)]
    public double SilenceSeconds { get; set; } = 5;

    /// <summary>
    /// Requests of one kind that fail (no answer, HTTP 5xx) of the last ten or more within 30 s, as a fraction; more
    /// pauses that kind for <see cref="PauseSeconds"/>.
    /// </summary>
    [Range(0.01, 1.0)]
    public double FailureRatioMax { get; set; } = 0.5;

    /// <summary>0.5…300 s.</summary>
    [Range(0.5, 300)]
    public double PauseSeconds { get; set; } = 2;

    /// <summary>Orders within 10 s that we allow ourselves; the venue's own limit is in <c>exchangeInfo.rateLimits</c> (100).</summary>
    [Range(1, 100_000)]
    public int OrdersPerTenSecondsMax { get; set; } = 90;
}
