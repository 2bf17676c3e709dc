using System.Diagnostics;
using System.Globalization;
using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Facts;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.MarketData;
using BtcAgent.Silo.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Orders through the whole agent without and with clients of its live events, alternately: <c>dotnet run -c Release -- subscribers [SSE GRPC
/// ROUNDS]</c>. Beside trading, <see cref="QuotesPerSecond"/> quotes are published; each client follows the quotes and the fills of one portfolio.
/// The clients are a separate process (<see cref="SubscriberClients"/>) with the lowest priority, on the same cores; its time is stated beside
/// the agent's.
/// </summary>
internal static class SubscriberLoad
{
    private const int QuotesPerSecond = 1_000;
    private const int OrdersPerPortfolio = 100;

    /// <summary>Between two orders of a portfolio: 16 portfolios ask for 40 orders/s, which leaves half of the two cores idle.</summary>
    private const double SpacingMs = 400;

    private static readonly InstrumentId Published = InstrumentId.Parse("BINANCE:BTCFDUSD");
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(string[] arguments)
    {
        var counts = arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var (sse, grpc, rounds) = counts is [var one, var two, var three] ? (one, two, three) : (250, 250, 3);
        var (without, with) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var alone = await TradeAsync(0, 0);
            var beside = await TradeAsync(sse, grpc);
            without.AddRange(alone);
            with.AddRange(beside);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  pair {round + 1}: p99 {P99(alone):F1} → {P99(beside):F1} ms, {P99(beside) / P99(alone):F2} ×"));
        }

        OrderThroughput.Print("asked → order stored and sent, without subscribers", [.. without]);
        OrderThroughput.Print($"the same with {sse} subscribers by SSE and {grpc} by gRPC", [.. with]);
    }

    internal static double P99(double[] times)
    {
        Array.Sort(times);
        return times[(int)Math.Ceiling(0.99 * times.Length) - 1];
    }

    private static async Task<double[]> TradeAsync(int sse, int grpc)
    {
        double[] times = [];
        var settings = OrderThroughput.ThroughputSettings();
        settings["Gateway:GrpcPort"] = "0";
        await OrderThroughput.RunAgentAsync(VenueKind.Simulator, settings, async app =>
        {
            var grains = app.GetRequiredService<IGrainFactory>();
            await OrderThroughput.PlaceAllAsync(grains, "warm", 20, SpacingMs);
            using var stop = new CancellationTokenSource();
            var publishing = PublishAsync(app.GetRequiredService<IFactPublisher>(), stop.Token);
            using var clients = sse + grpc > 0 ? await StartClientsAsync(app, sse, grpc) : null;
            await Task.Delay(2_000);
            using var agent = Process.GetCurrentProcess();
            var (cpu, allocated, start) = (agent.TotalProcessorTime, GC.GetTotalAllocatedBytes(), TimeProvider.System.GetTimestamp());
            var clientCpu = clients?.TotalProcessorTime ?? TimeSpan.Zero;
            times = await OrderThroughput.PlaceAllAsync(grains, "run", OrdersPerPortfolio, SpacingMs);
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            agent.Refresh();
            clients?.Refresh();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {sse + grpc} subscribers: agent {(agent.TotalProcessorTime - cpu).TotalSeconds / seconds:P0} of a core, {(GC.GetTotalAllocatedBytes() - allocated) / seconds / 1_048_576:F1} MiB/s allocated, {agent.WorkingSet64 / 1_048_576:N0} MiB; clients {((clients?.TotalProcessorTime ?? TimeSpan.Zero) - clientCpu).TotalSeconds / seconds:P0}"));
            await stop.CancelAsync();
            await publishing;
            await StopAsync(clients);
        });
        return times;
    }

    private static async Task<Process> StartClientsAsync(IServiceProvider app, int sse, int grpc)
    {
        var addresses = app.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var start = new ProcessStartInfo("nice", ["-n", "19", "dotnet", "exec", typeof(SubscriberLoad).Assembly.Location, "subscriber-clients", addresses.First(), addresses.Last(), $"{sse}", $"{grpc}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[SubscriberClients.KeyVariable] = app.GetRequiredService<OperatorKey>().Text;
        var clients = Process.Start(start)!;
        while (await clients.StandardOutput.ReadLineAsync() is { } line && line != SubscriberClients.Ready)
        {
            Console.WriteLine(line);
        }

        return clients;
    }

    private static async Task StopAsync(Process? clients)
    {
        if (clients is not null)
        {
            clients.StandardInput.Close();
            Console.WriteLine((await clients.StandardOutput.ReadToEndAsync()).TrimEnd());
            await clients.WaitForExitAsync();
        }
    }

    private static async Task PublishAsync(IFactPublisher facts, CancellationToken stop)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (long published = 0; !stop.IsCancellationRequested;)
        {
            for (var due = (long)(TimeProvider.System.GetElapsedTime(start).TotalSeconds * QuotesPerSecond); published < due; published++)
            {
                facts.Publish(QuoteOf(published + 1));
            }

            await Task.Delay(Tick, CancellationToken.None);
        }
    }

    private static MarketFact QuoteOf(long number)
    {
        var now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var quote = new MarketEvent
        {
            Kind = MarketEventKind.Quote,
            Sequence = number,
            ReceiveTime = now,
            LastId = number,
            Price = Price.FromUnits(6_000_000_000_000 + (number % 1_000 * 1_000_000)),
            Quantity = Quantity.FromUnits(1_000_000),
            AskPrice = Price.FromUnits(6_001_000_000_000),
            AskQuantity = Quantity.FromUnits(1_000_000),
        };
        return new MarketFact(new MarketDataBatch(Published, 1, [quote], [], now));
    }
}
