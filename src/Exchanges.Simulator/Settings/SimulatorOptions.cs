using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Exchanges.Simulator.Settings;

/// <summary>The embedded venue. Section <c>Simulator</c>.</summary>
public sealed class SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>The same seed gives the same order flow in virtual time.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Port on 127.0.0.1; 0 takes any free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Symbols traded, each with a flow of its own; quote asset USDT.</summary>
    public List<string> Symbols { get; set; } = ["BTCUSDT"];

    /// <summary>Price at the start of virtual time, in quote asset.</summary>
    [Range(1.0, 10_000_000.0)]
    public double StartPrice { get; set; } = 60_000;

    /// <summary>The same for single symbols, in place of <see cref="StartPrice"/>.</summary>
    public Dictionary<string, double> StartPrices { get; set; } = [];

    /// <summary>Mean rate of placements, cancellations and market orders together, per second, before clustering.</summary>
    [Range(1.0, 100_000.0)]
    public double OrdersPerSecond { get; set; } = 120;

    /// <summary>Virtual time that has passed when the venue opens, in seconds: the book has formed, history exists.</summary>
    [Range(1, 86_400)]
    public int HistorySeconds { get; set; } = 120;

    /// <summary>Request weight a minute before requests are refused with 429. Binance: 6,000.</summary>
    [Range(1, 1_000_000)]
    public int WeightPerMinuteMax { get; set; } = 6_000;

    /// <summary>Orders an account may place in 10 s before it is refused. Binance: 100.</summary>
    [Range(1, 1_000_000)]
    public int OrdersPerTenSecondsMax { get; set; } = 100;

    /// <summary>Of the received amount, in basis points, for orders that had rested. Default 10, Binance spot VIP 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal MakerFeeBps { get; set; } = 10;

    /// <summary>Of the received amount, in basis points, for orders that take. Default 10, Binance spot VIP 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal TakerFeeBps { get; set; } = 10;

    /// <summary>Who may trade; nobody by default.</summary>
    public List<AccountOptions> Accounts { get; set; } = [];

    /// <summary>Messages waiting for one slow connection before it is dropped.</summary>
    [Range(16, 1_000_000)]
    public int ConnectionQueueMax { get; set; } = 16_384;
}
