using System.ComponentModel.DataAnnotations;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>
/// Options of the sink that stores facts in TimescaleDB or PostgreSQL. Orders, decisions, fills, positions and the audit log are
/// never removed, so they have no retention here.
/// </summary>
public sealed class TimescaleOptions
{
    public const string Section = "History:Timescale";

    /// <summary>
    /// Connection string, such as <c>Host=db;Port=5432;Database=btcagent;Username=btcagent;Password=…</c>. Contains a secret:
    /// never log it. Default empty: the sink is off.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Name of the sink in <c>sink_offsets</c>. Agents that write into one database need different ones: a second sink of a name
    /// is refused as long as the first one runs. Letters, digits and hyphens, default <c>timescaledb</c>.
    /// </summary>
    [Required, RegularExpression("^[A-Za-z0-9-]{1,64}$")]
    public string SinkName { get; set; } = "timescaledb";

    /// <summary>
    /// Whether to use the extension TimescaleDB where the server has it. Decides at the first start only, when the tables are
    /// created. Default true.
    /// </summary>
    public bool UseExtension { get; set; } = true;

    /// <summary>Hours of market data, books and features in one chunk of TimescaleDB. Range 1…168, default 24.</summary>
    [Range(1, 168)]
    public int MarketChunkHours { get; set; } = 24;

    /// <summary>Days of signals and decisions in one chunk of TimescaleDB. Range 1…366, default 7.</summary>
    [Range(1, 366)]
    public int DecisionChunkDays { get; set; } = 7;

    /// <summary>Days of bars, orders, fills, positions, risk metrics, latencies and posts in one chunk of TimescaleDB. Range 1…366, default 30.</summary>
    [Range(1, 366)]
    public int TradingChunkDays { get; set; } = 30;

    /// <summary>Age in days at which TimescaleDB compresses a chunk; late facts are cheap to store until then. Range 1…3,650, default 8.</summary>
    [Range(1, 3_650)]
    public int CompressAfterDays { get; set; } = 8;

    /// <summary>Days of market data that are kept; bars made of it stay. 0 keeps all. Range 0 or 7…36,500, default 90.</summary>
    [Range(0, 36_500)]
    public int MarketDataRetentionDays { get; set; } = 90;

    /// <summary>Days of order books that are kept; 0 keeps all. Range 0 or 7…36,500, default 30.</summary>
    [Range(0, 36_500)]
    public int OrderBookRetentionDays { get; set; } = 30;

    /// <summary>Days of feature samples that are kept; 0 keeps all. Range 0 or 7…36,500, default 90.</summary>
    [Range(0, 36_500)]
    public int FeaturesRetentionDays { get; set; } = 90;

    /// <summary>Days of signals that are kept; 0 keeps all. Range 0 or 7…36,500, default 365.</summary>
    [Range(0, 36_500)]
    public int SignalsRetentionDays { get; set; } = 365;

    /// <summary>Days of the agent's bars that are kept; 0 keeps all. Range 0 or 7…36,500, default 0.</summary>
    [Range(0, 36_500)]
    public int BarsRetentionDays { get; set; }

    /// <summary>Days of equity and risk metrics that are kept; 0 keeps all. Range 0 or 7…36,500, default 0.</summary>
    [Range(0, 36_500)]
    public int RiskMetricsRetentionDays { get; set; }

    /// <summary>Days of latency percentiles that are kept; 0 keeps all. Range 0 or 7…36,500, default 90.</summary>
    [Range(0, 36_500)]
    public int LatencyRetentionDays { get; set; } = 90;

    /// <summary>Days of posts that are kept, without text and author; 0 keeps all. Range 0 or 7…36,500, default 365.</summary>
    [Range(0, 36_500)]
    public int PostsRetentionDays { get; set; } = 365;

    /// <summary>Days of the sums of posts that are kept; 0 keeps all. Range 0 or 7…36,500, default 0.</summary>
    [Range(0, 36_500)]
    public int SentimentRetentionDays { get; set; }
}
