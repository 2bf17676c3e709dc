using System.Globalization;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Grains.Keys;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Orders through the whole agent with its embedded store, synced to disk: <c>dotnet run -c Release -- orders</c>. Real requests
/// to the simulated venue for the latency of one order at a time; paper portfolios side by side for the throughput.
/// </summary>
public static class OrderThroughput
{
    private const int WarmUps = 200;
    private const int Orders = 1_000;
    private const int Portfolios = 16;
    private const int OrdersPerPortfolio = 250;

    /// <summary>Between two orders of a portfolio: 16 portfolios ask for 800 orders/s.</summary>
    private const double SpacingMs = 20;
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private static long _accepted;
    private static long _refused;

    public static async Task RunAsync()
    {
        await LatencyAsync();
        await ThroughputAsync();
    }

    private static async Task LatencyAsync()
    {
        await using var venue = new SimulatedVenue(
            new SimulatorOptions
            {
                WeightPerMinuteMax = 1_000_000,
                OrdersPerTenSecondsMax = 1_000_000,
                Accounts = [new AccountOptions { ApiKey = "k", SecretKey = "s", Balances = new() { ["BTC"] = 100, ["USDT"] = 10_000_000 } }],
            },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await venue.StartAsync(CancellationToken.None);
        await RunAgentAsync(
            VenueKind.BinanceTestnet,
            new()
            {
                ["Binance:Simulated"] = "true",
                ["Binance:RestBaseAddress"] = venue.RestAddress.ToString(),
                ["Binance:StreamBaseAddress"] = venue.StreamAddress.ToString(),
                ["BinanceTrading:WebSocketApiAddress"] = venue.WebSocketApiAddress.ToString(),
                ["BinanceTrading:ApiKey"] = "k",
                ["BinanceTrading:SecretKey"] = "s",
                ["BinanceTrading:OrdersPerTenSecondsMax"] = "100000",
                ["Binance:WeightPerMinuteMax"] = "6000",
                ["Agent:Strategies:0:Fallback"] = "",
                ["StarterModel:Enabled"] = "false",
            },
            async app =>
            {
                var grains = app.GetRequiredService<IGrainFactory>();
                var execution = grains.GetGrain<IExecutionGrain>(GrainKeys.Execution("main", Btc));
                while ((await execution.GetStatus()).IsReconciling)
                {
                    await Task.Delay(50);
                }

                var epoch = (await execution.GetOpenOrders()).Epoch;
                var terms = new SendTerms(epoch, Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)));
                var times = new double[Orders];
                for (var i = -WarmUps; i < Orders; i++)
                {
                    var start = TimeProvider.System.GetTimestamp();
                    var order = await execution.Submit(IntentOf(i), terms);
                    var elapsed = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
                    if (order.Status == OrderStatus.Denied)
                    {
                        throw new InvalidOperationException(order.Reason);
                    }

                    if (i >= 0)
                    {
                        times[i] = elapsed;
                    }

                    await Task.Delay(15); // One at a time: the answer comes and is stored in between.
                }

                Print("risk → order sent, intent synced to disk, real requests", times);
            });
    }

    private static Task ThroughputAsync() => RunAgentAsync(VenueKind.Simulator, ThroughputSettings(), async app =>
    {
        var grains = app.GetRequiredService<IGrainFactory>();
        await PlaceAllAsync(grains, "warm", 20);
        _accepted = 0;
        var start = TimeProvider.System.GetTimestamp();
        var times = await PlaceAllAsync(grains, "run", OrdersPerPortfolio);
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{_accepted / seconds:F0} orders/s through risk and execution, {Portfolios} portfolios, intents and fills synced to disk; {_refused} refused, warm-up included");
        Print("asked → order stored and sent, at that rate", times);
    });

    /// <summary>An agent of <see cref="Portfolios"/> paper portfolios without limits that matter here.</summary>
    internal static Dictionary<string, string?> ThroughputSettings()
    {
        var settings = new Dictionary<string, string?> { ["StarterModel:Enabled"] = "false" };
        for (var i = 0; i < Portfolios; i++)
        {
            settings[$"Agent:Portfolios:{i}:Id"] = $"p{i}";
            settings[$"Agent:Portfolios:{i}:InitialBalances:USDT"] = "100000000";
            settings[$"Agent:Portfolios:{i}:InitialBalances:BTC"] = "100";
            settings[$"Agent:Strategies:{i}:Name"] = $"s{i}";
            settings[$"Agent:Strategies:{i}:Model"] = "lightgbm";
            settings[$"Agent:Strategies:{i}:Fallback"] = "";
            settings[$"Agent:Strategies:{i}:Instrument"] = Btc.Key;
            settings[$"Agent:Strategies:{i}:Portfolio"] = $"p{i}";
        }

        foreach (var limit in new[] { "MaxPositionNotional", "MaxOrderNotional", "MaxGrossExposure" })
        {
            settings[$"Agent:Limits:{limit}"] = "1000000000";
        }

        settings["Agent:Limits:MaxOrdersPerMinute"] = "1000000";
        settings["Agent:Limits:StaleDataMs"] = "600000";
        settings["Agent:Limits:MaxOpenOrders"] = "10000";
        settings["Agent:Paper:LatencyMs"] = "0";
        return settings;
    }

    /// <returns>Milliseconds from asking for each order to its being stored and sent.</returns>
    internal static async Task<double[]> PlaceAllAsync(IGrainFactory grains, string name, int count, double spacingMs = SpacingMs)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, Portfolios).Select(portfolio => Task.Run(async () =>
        {
            var taken = new double[count];
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                var start = TimeProvider.System.GetTimestamp();
                var answer = await grains.GetGrain<IRiskGrain>($"p{portfolio}").Place(new OrderRequest
                {
                    RequestId = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"),
                    Instrument = Btc,
                    Side = i % 2 == 0 ? Side.Buy : Side.Sell,
                    Type = OrderType.Market,
                    TimeInForce = TimeInForce.ImmediateOrCancel,
                    Quantity = Quantity.Parse(i % 2 == 0 ? "0.002" : "0.001"),
                });
                taken[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
                if (answer.Order is not { Status: not OrderStatus.Denied })
                {
                    Interlocked.Increment(ref _refused);
                    continue;
                }

                Interlocked.Increment(ref _accepted);
                var due = (i + 1) * spacingMs;
                if (TimeProvider.System.GetElapsedTime(began).TotalMilliseconds is var passed && passed < due)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(due - passed));
                }
            }

            return taken;
        })));
        return [.. times.SelectMany(t => t)];
    }

    internal static async Task RunAgentAsync(VenueKind venue, Dictionary<string, string?> settings, Func<IServiceProvider, Task> work)
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-orders-");
        settings["Logging:LogLevel:Default"] = "Warning";
        await using (var app = AgentHost.Build(new AgentSettings { Venue = venue, Port = 0, DataFolder = folder.FullName, Overrides = [.. settings] }))
        {
            await app.StartAsync();
            await Task.Delay(3_000); // Market data flows.
            await work(app.Services);
            await app.StopAsync();
        }

        folder.Delete(recursive: true);
    }

    private static OrderIntent IntentOf(int number)
    {
        var decision = DecisionId.From("main", $"bench{number}", Btc, Timestamp.Unknown);
        return new OrderIntent
        {
            ClientOrderId = decision.ClientOrderId(0),
            Decision = decision,
            Portfolio = "main",
            Instrument = Btc,
            Side = number % 2 == 0 ? Side.Buy : Side.Sell,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Quantity = Quantity.Parse("0.001"),
            EventTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
            ReferencePrice = 60_000,
            ReducesRisk = true,
        };
    }

    internal static void Print(string what, double[] times)
    {
        Array.Sort(times);
        Console.WriteLine($"{what}: p50 {At(0.5):F2} ms, p99 {At(0.99):F2} ms, p99.9 {At(0.999):F2} ms, max {times[^1]:F2} ms of {times.Length}");

        double At(double quantile) => times[(int)Math.Ceiling(quantile * times.Length) - 1];
    }
}
