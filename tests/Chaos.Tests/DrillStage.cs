using BtcAgent.Exchanges.Simulator;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Chaos.Tests;

/// <summary>The venue of a drill; starts the agent against it.</summary>
internal static class DrillStage
{
    public const string Symbol = "BTCUSDT";
    public const int AllocatedBtc = 10;
    public const int AllocatedUsdt = 1_000_000;
    public const string ApiKey = "drill-key";
    public const string Secret = "drill-secret";

    public static SimulatorOptions VenueOptions(string symbol = Symbol, string baseAsset = "BTC") => new()
    {
        Symbols = [symbol],
        Seed = 7,
        OrdersPerSecond = 60,
        HistorySeconds = 30,
        WeightPerMinuteMax = 1_000_000,
        OrdersPerTenSecondsMax = 1_000_000,
        Accounts =
        [
            new AccountOptions { ApiKey = ApiKey, SecretKey = Secret, Balances = new() { [baseAsset] = 10, ["USDT"] = 1_000_000 } },
        ],
    };

    /// <summary>The same, in an account that holds more than the agent may use: for drills with another trader.</summary>
    public static SimulatorOptions SharedVenueOptions()
    {
        var options = VenueOptions();
        options.Accounts[0].Balances["BTC"] = AllocatedBtc * 4;
        options.Accounts[0].Balances["USDT"] = AllocatedUsdt * 4;
        return options;
    }

    public static string[] SharedArguments(SimulatedVenue venue, int port, string folder) =>
    [
        .. Arguments(venue, port, folder),
        "--set", $"Agent:Portfolios:0:Allocation:BTC={AllocatedBtc}", "--set", $"Agent:Portfolios:0:Allocation:USDT={AllocatedUsdt}",
    ];

    public static string[] Arguments(SimulatedVenue venue, int port, string folder) =>
    [
        "--venue", "binance-testnet", "--port", $"{port}", "--data", folder,
        .. Settings(venue).Append(new("Agent:Strategies:0:Fallback", "")).SelectMany(setting => new[] { "--set", $"{setting.Key}={setting.Value}" }),
    ];

    /// <summary>The venue's addresses, short time-outs, and limits that let orders through.</summary>
    public static Dictionary<string, string> Settings(SimulatedVenue venue) => new()
    {
        ["Binance:Simulated"] = "true",
        ["Binance:RestBaseAddress"] = venue.RestAddress.ToString(),
        ["Binance:StreamBaseAddress"] = venue.StreamAddress.ToString(),
        ["Binance:BackOffStartSeconds"] = "0.05",
        ["Binance:BackOffMaxSeconds"] = "0.5",
        ["Binance:WeightPerMinuteMax"] = "6000",
        ["BinanceTrading:WebSocketApiAddress"] = venue.WebSocketApiAddress.ToString(),
        ["BinanceTrading:RecvWindowMs"] = "500",
        ["BinanceTrading:AnswerTimeoutSeconds"] = "0.5",
        ["BinanceTrading:SilenceSeconds"] = "2",
        ["BinanceTrading:OrdersPerTenSecondsMax"] = "100000",
        ["Execution:ReconcileEverySeconds"] = "2",
        ["StarterModel:Enabled"] = "false",

        // The drills sell and flatten the account's holdings; without this, existing coins would be outside of the portfolio.
        ["Agent:Portfolios:0:Allocation:BTC"] = "all",
        ["Agent:Limits:MaxPositionNotional"] = "1000000000",
        ["Agent:Limits:MaxOrderNotional"] = "1000000000",
        ["Agent:Limits:DailyLossLimit"] = "1",
        ["Agent:Limits:MaxDrawdown"] = "1",
        ["Agent:Limits:StaleDataMs"] = "10000",
        ["Agent:Limits:MaxLimitDistanceBps"] = "10000",
        ["Agent:Limits:MaxGrossExposure"] = "1000000000",
        ["Agent:Limits:MaxOrdersPerMinute"] = "1000000",
        ["Agent:Limits:MaxOpenOrders"] = "1000",

        // The venue misbehaves on purpose: its breakers would refuse most of the drill.
        ["Agent:Limits:System:FillDelayMs"] = "1000000000",
        ["Agent:Limits:System:SlippageBps"] = "10000",
        ["Agent:Limits:System:LatencyP99Ms"] = "1000000000",
        ["Agent:Limits:System:FeedStalenessMs"] = "1000000000",
        ["Agent:Limits:System:ErrorRate"] = "1",
        ["Agent:Limits:System:RejectRate"] = "1",
    };

    public static Dictionary<string, string> AgentEnvironment() => new()
    {
        ["BinanceTrading__ApiKey"] = ApiKey,
        ["BinanceTrading__SecretKey"] = Secret,
        ["DOTNET_TieredPGO"] = "0",
    };
}
