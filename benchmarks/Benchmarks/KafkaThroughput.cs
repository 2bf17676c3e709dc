using System.Globalization;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Ticks through a real broker to the feature grains of real silos on PostgreSQL, all silos in this process:
/// <c>dotnet run -c Release -- kafka BROKER POSTGRES TAPE</c>, which <c>eng/kafka-bench</c> starts with servers of its own.
/// </summary>
internal static class KafkaThroughput
{
    private const int Strategies = 8;
    private const int BatchSize = 100;
    private const int InFlightMax = 64;
    private const int WarmUpMs = 5_000;
    private const int MeasuredMs = 15_000;
    private const int EventsPerRun = 1_000_000;
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private static int _cluster;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var broker, var postgres, var path, .. var parts])
        {
            Console.Error.WriteLine("kafka needs a broker as host:port, a PostgreSQL connection string, a tape and, if you like, the word orders");
            return 2;
        }

        await AgentHost.RunAsync(
            new AgentSettings
            {
                Role = NodeRole.Migrate,
                DataFolder = Path.GetTempPath(),
                Port = 0,
                Overrides = [new("Cluster:Postgres", postgres), new("Logging:LogLevel:Default", "None"), new("Logging:LogLevel:Orleans", "None")],
            },
            CancellationToken.None);
        if (parts is [] or ["orders"])
        {
            await TickToOrderAsync(broker, postgres, path);
        }

        if (parts is ["orders"])
        {
            return 0;
        }

        var tape = DecodedTape.Load(Btc, [path], Console.Error.WriteLine);
        foreach (var rate in new[] { 1_000, 5_000 })
        {
            await TickToGrainAsync(broker, postgres, tape, rate);
        }

        foreach (var silos in new[] { 1, 2, 3 })
        {
            foreach (var instruments in new[] { 1, 10, 100, 1_000 })
            {
                await SustainedAsync(broker, postgres, tape, silos, instruments);
            }
        }

        return 0;
    }

    /// <summary>The tape as recorded, from the feed of a silo through the broker to an order in the paper execution.</summary>
    private static async Task TickToOrderAsync(string broker, string postgres, string tape)
    {
        await using var silo = await StartSiloAsync(broker, postgres, NewCluster(), tape, feeds: true);
        using var latencies = new StageTimes();
        await Task.Delay(WarmUpMs * 6);
        latencies.Print("the first half minute");
        latencies.Clear();
        await Task.Delay(MeasuredMs * 8);
        latencies.Print("tape as recorded");
    }

    /// <summary>One event a message, at an even rate.</summary>
    private static async Task TickToGrainAsync(string broker, string postgres, DecodedTape tape, int perSecond)
    {
        await using var silo = await StartSiloAsync(broker, postgres, NewCluster(), "", feeds: false);
        var source = new TapeLoop(tape, Untraded(0));
        var stream = StreamOf(silo, source.Instrument);
        using var latencies = new StageTimes();
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var sent = 0L;
        var warm = false;
        Task last = Task.CompletedTask;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (clock.GetElapsedTime(start).TotalMilliseconds is var passed && passed < WarmUpMs + MeasuredMs)
        {
            if (!warm && passed >= WarmUpMs)
            {
                warm = true;
                latencies.Clear();
            }

            for (; sent < passed * perSecond / 1_000; sent++)
            {
                last = stream.OnNextAsync(source.Next(1));
            }

            await timer.WaitForNextTickAsync();
        }

        await last;
        latencies.Print(string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0} msg/s"), LatencyStage.IngestToFeatures);
    }

    /// <summary>As fast as it goes, in batches of 100: the whole way to every feature grain.</summary>
    private static async Task SustainedAsync(string broker, string postgres, DecodedTape tape, int silos, int instruments)
    {
        var cluster = NewCluster();
        var hosts = new List<WebApplication>();
        try
        {
            for (var i = 0; i < silos; i++)
            {
                hosts.Add(await StartSiloAsync(broker, postgres, cluster, "", feeds: false));
            }

            var loops = Enumerable.Range(0, instruments)
                .Select(i => new TapeLoop(tape, Untraded(i)))
                .ToArray();
            var batches = EventsPerRun / BatchSize / instruments;
            await PublishAsync(hosts[0], loops, Math.Max(1, batches / 10));
            var start = TimeProvider.System.GetTimestamp();
            await PublishAsync(hosts[0], loops, batches);
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            var events = (long)batches * instruments * BatchSize;
            Console.WriteLine(
                $"{silos} silo(s), {instruments,5:N0} instrument(s): {events / seconds,9:N0} events/s to the feature grains");
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }
        }
    }

    /// <summary>Returns when the feature grains have applied all.</summary>
    private static async Task PublishAsync(WebApplication silo, TapeLoop[] loops, int batches)
    {
        using var room = new SemaphoreSlim(InFlightMax);
        await Task.WhenAll(loops.Select(async loop =>
        {
            var stream = StreamOf(silo, loop.Instrument);
            for (var i = 0; i < batches; i++)
            {
                await room.WaitAsync();
                try
                {
                    await stream.OnNextAsync(loop.Next(BatchSize));
                }
                finally
                {
                    room.Release();
                }
            }

            await silo.Services.GetRequiredService<IGrainFactory>()
                .GetGrain<IFeatureGrain>(loop.Instrument.Key).WaitFor(TapeLoop.Epoch, loop.Sequence).WaitAsync(TimeSpan.FromMinutes(3));
        }));
    }

    private static IAsyncStream<MarketDataBatch> StreamOf(WebApplication silo, InstrumentId instrument) =>
        silo.Services.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider)
            .GetStream<MarketDataBatch>(StreamId.Create(StreamNames.MarketData, instrument.Key));

    /// <summary>An instrument without strategies: its features are computed and nothing else.</summary>
    private static InstrumentId Untraded(int number) =>
        InstrumentId.Parse(string.Create(CultureInfo.InvariantCulture, $"BINANCE:B{number}USDT"));

    private static string NewCluster() => string.Create(
        CultureInfo.InvariantCulture, $"bench{Environment.ProcessId}-{_cluster++}");

    private static async Task<WebApplication> StartSiloAsync(string broker, string postgres, string cluster, string tape, bool feeds)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "None",
            ["Logging:LogLevel:Orleans"] = "None",
            ["Logging:LogLevel:Microsoft"] = "None",
            ["Cluster:Postgres"] = postgres,
            ["Cluster:ClusterId"] = cluster,
            ["Cluster:ServiceId"] = cluster,
            ["Cluster:SiloPort"] = "0",
            ["Cluster:GatewayPort"] = "0",
            ["Cluster:Development"] = "true",
            ["Kafka:BootstrapServers"] = broker,
            ["Kafka:ConsumerGroup"] = cluster,
            ["Feeds:Enabled"] = feeds ? "true" : "false",
            ["Agent:Signals:MinConfidence"] = "0",
            ["Agent:Signals:CoolDownMs"] = "0",
            ["Agent:Limits:CoolDownMs"] = "0",
            ["Agent:Limits:MaxOrdersPerMinute"] = "100000",
        };
        for (var i = 0; i < Strategies; i++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"Agent:Strategies:{i}");
            settings[$"Agent:Portfolios:{i}:Id"] = $"p{i}";
            settings[$"Agent:Portfolios:{i}:InitialBalances:USDT"] = "1000000";
            settings[$"{prefix}:Name"] = $"s{i}";
            settings[$"{prefix}:Model"] = "flow-momentum";
            settings[$"{prefix}:Fallback"] = "flow-momentum";
            settings[$"{prefix}:Instrument"] = Btc.Key;
            settings[$"{prefix}:Portfolio"] = $"p{i}";
            settings[$"{prefix}:Parameters:entry"] = (0.02 * (i + 1)).ToString(CultureInfo.InvariantCulture);
            settings[$"{prefix}:Parameters:exit"] = "0.01";
        }

        var app = AgentHost.Build(new AgentSettings
        {
            Role = NodeRole.Silo,
            Venue = VenueKind.Replay,
            Tapes = tape.Length > 0 ? [tape] : [],
            Port = 0,
            DataFolder = Path.GetTempPath(),
            Overrides = [.. settings],
        });
        await app.StartAsync();
        return app;
    }
}
