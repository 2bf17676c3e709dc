using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Simulator.Settings;

/// <summary>The embedded venue. Section <c>Simulator</c>.</summary>
public sealed class SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>Seed of the order flow: the same seed gives the same flow in virtual time. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Port on 127.0.0.1; 0 takes any free one. Default 0.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Listed symbols, each with its own order flow; quote asset USDT. Default BTCUSDT.</summary>
    public List<string> Symbols { get; set; } = ["BTCUSDT"];

    /// <summary>Price at the start of virtual time, in quote asset. Default 60,000.</summary>
    [Range(1.0, 10_000_000.0)]
    public double StartPrice { get; set; } = 60_000;

    /// <summary>Start prices of single symbols, which override <see cref="StartPrice"/>. Default none.</summary>
    public Dictionary<string, double> StartPrices { get; set; } = [];

    /// <summary>
    /// Mean rate of placements, cancellations and market orders together, per second, before clustering. Default 120.
    /// </summary>
    [Range(1.0, 100_000.0)]
    public double OrdersPerSecond { get; set; } = 120;

    /// <summary>
    /// Virtual time that passes before the venue opens, in seconds, so that the book has formed and has a history. Default
    /// 120.
    /// </summary>
    [Range(1, 86_400)]
    public int HistorySeconds { get; set; } = 120;

    /// <summary>Request weight per minute before requests are refused with 429. Default 6,000, as on Binance.</summary>
    [Range(1, 1_000_000)]
    public int WeightPerMinuteMax { get; set; } = 6_000;

    /// <summary>Orders per account within 10 s before further ones are refused. Default 100, as on Binance.</summary>
    [Range(1, 1_000_000)]
    public int OrdersPerTenSecondsMax { get; set; } = 100;

    /// <summary>Maker fee on the received amount, in basis points. Default 10, Binance spot VIP 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal MakerFeeBps { get; set; } = 10;

    /// <summary>Taker fee on the received amount, in basis points. Default 10, Binance spot VIP 0.</summary>
    [Range(0.0, 1_000.0)]
    public decimal TakerFeeBps { get; set; } = 10;

    /// <summary>Accounts that may trade; none by default.</summary>
    [ValidateEnumeratedItems]
    public List<AccountOptions> Accounts { get; set; } = [];

    /// <summary>Messages that may wait for one slow connection before it is dropped. Default 16,384.</summary>
    [Range(16, 1_000_000)]
    public int ConnectionQueueMax { get; set; } = 16_384;

    /// <summary>Returns a copy for simulated histories: without the accounts and their keys.</summary>
    public SimulatorOptions WithoutAccounts()
    {
        var copy = (SimulatorOptions)MemberwiseClone();
        copy.Accounts = [];
        return copy;
    }
}
