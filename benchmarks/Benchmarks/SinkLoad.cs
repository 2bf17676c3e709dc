using System.Globalization;
using BtcAgent.Contracts.Facts;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Orders through the whole agent, without sinks, with the default's and with all, alternately: <c>dotnet run -c Release -- sinks POSTGRES REDIS TAPE…</c>,
/// which <c>eng/sinks-bench</c> starts with private servers. Beside trading, the tape's trades and quotes are published as facts at
/// <see cref="MessagesPerSecond"/>.
/// </summary>
internal static class SinkLoad
{
    private const int MessagesPerSecond = 10_000;
    private const int EventsPerFact = 20;
    private const int Rounds = 3;
    private const int OrdersPerPortfolio = 200;

    /// <summary>Between two orders of a portfolio: 16 portfolios ask for 160 orders/s.</summary>
    private const double SpacingMs = 100;

    private static readonly InstrumentId Recorded = InstrumentId.Parse("BINANCE:BTCUSDT");

    /// <summary>The facts' instrument: the agent's own market data must not mix with them.</summary>
    private static readonly InstrumentId Published = InstrumentId.Parse("BINANCE:BTCFDUSD");
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var postgres, var redis, .. { Length: > 0 } tapes])
        {
            Console.Error.WriteLine("sinks needs a PostgreSQL connection string of an empty database, the address of a Redis and a tape");
            return 2;
        }

        var events = DecodedTape.Load(Recorded, tapes, Console.Error.WriteLine).Events
            .Where(one => one.Kind is MarketEventKind.Trade or MarketEventKind.Quote).ToArray();
        (string Name, Dictionary<string, string?> Settings, List<double> Times)[] variants =
        [
            ("without sinks", new() { ["History:Enabled"] = "false" }, []),
            ("with Parquet", [], []),
            ("with Parquet, PostgreSQL and Redis", new() { ["History:Timescale:ConnectionString"] = postgres, ["History:Redis:Connection"] = redis }, []),
        ];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, settings, times) in variants)
            {
                Console.WriteLine($"{name}:");
                times.AddRange(await TradeAsync(settings, events));
            }
        }

        foreach (var (name, _, times) in variants)
        {
            OrderThroughput.Print($"asked → order stored and sent, {name}", [.. times]);
        }

        return 0;
    }

    private static async Task<double[]> TradeAsync(Dictionary<string, string?> history, MarketEvent[] events)
    {
        double[] times = [];
        var settings = OrderThroughput.ThroughputSettings();
        foreach (var (name, value) in history)
        {
            settings[name] = value;
        }

        await OrderThroughput.RunAgentAsync(VenueKind.Simulator, settings, async app =>
        {
            var grains = app.GetRequiredService<IGrainFactory>();
            await OrderThroughput.PlaceAllAsync(grains, "warm", 20, SpacingMs);
            using var stop = new CancellationTokenSource();
            var publishing = PublishAsync(app.GetRequiredService<IFactPublisher>(), events, stop.Token);
            times = await OrderThroughput.PlaceAllAsync(grains, "run", OrdersPerPortfolio, SpacingMs);
            await stop.CancelAsync();
            var (published, seconds) = await publishing;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {published / seconds:N0} messages/s for {seconds:F1} s"));
            if (app.GetService<IHistory>() is { Status.Sinks.Count: > 0 } sinks)
            {
                await ReportAsync(sinks);
            }
        });
        return times;
    }

    private static async Task ReportAsync(IHistory history)
    {
        foreach (var sink in history.Status.Sinks)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {sink.Name}: {sink.Stored:N0} facts, {sink.LagSeconds:F2} s behind at the end of the load {sink.Problem}"));
        }

        var start = TimeProvider.System.GetTimestamp();
        while (history.Lag > TimeSpan.FromSeconds(1) && TimeProvider.System.GetElapsedTime(start) < CatchUpMax)
        {
            await Task.Delay(Tick);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  within 1 s of the log after {TimeProvider.System.GetElapsedTime(start).TotalSeconds:F1} s; {history.Status.Log?.Dropped} facts dropped"));
    }

    private static async Task<(long Published, double Seconds)> PublishAsync(IFactPublisher facts, MarketEvent[] events, CancellationToken stop)
    {
        var start = TimeProvider.System.GetTimestamp();
        long published = 0;
        while (!stop.IsCancellationRequested)
        {
            var due = (long)(TimeProvider.System.GetElapsedTime(start).TotalSeconds * MessagesPerSecond);
            for (; published < due; published += EventsPerFact)
            {
                facts.Publish(new MarketFact(BatchOf(events, published)));
            }

            await Task.Delay(Tick, CancellationToken.None);
        }

        return (published, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    private static MarketDataBatch BatchOf(MarketEvent[] events, long first)
    {
        var now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        return new MarketDataBatch(
            Published,
            1,
            [.. Enumerable.Range(0, EventsPerFact).Select(i => events[(first + i) % events.Length] with
            {
                Sequence = first + i, EventTime = now, ReceiveTime = now, LevelsStart = 0,
            })],
            [],
            now);
    }
}
