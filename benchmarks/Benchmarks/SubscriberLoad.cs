using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
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
/// Orders through the whole agent without and with <see cref="Subscribers"/> clients of its live events, alternately: <c>dotnet run -c Release
/// -- subscribers</c>. Beside trading, <see cref="QuotesPerSecond"/> quotes are published; each client follows the quotes and the fills of
/// one portfolio. The clients run in the same process, so that their work is in the figures.
/// </summary>
internal static class SubscriberLoad
{
    private const int Subscribers = 500;
    private const int QuotesPerSecond = 1_000;
    private const int Rounds = 3;
    private const int OrdersPerPortfolio = 200;

    /// <summary>Between two orders of a portfolio: 16 portfolios ask for 160 orders/s.</summary>
    private const double SpacingMs = 100;

    private static readonly InstrumentId Published = InstrumentId.Parse("BINANCE:BTCFDUSD");
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync()
    {
        var (without, with) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            without.AddRange(await TradeAsync(0));
            with.AddRange(await TradeAsync(Subscribers));
        }

        OrderThroughput.Print("asked → order stored and sent, without subscribers", [.. without]);
        OrderThroughput.Print($"the same with {Subscribers} subscribers", [.. with]);
    }

    private static async Task<double[]> TradeAsync(int subscribers)
    {
        double[] times = [];
        await OrderThroughput.RunAgentAsync(VenueKind.Simulator, OrderThroughput.ThroughputSettings(), async app =>
        {
            var grains = app.GetRequiredService<IGrainFactory>();
            await OrderThroughput.PlaceAllAsync(grains, "warm", 20, SpacingMs);
            using var stop = new CancellationTokenSource();
            using var http = ClientOf(app);
            long bytes = 0;
            var following = Enumerable.Range(0, subscribers).Select(i => FollowAsync(http, i, count => Interlocked.Add(ref bytes, count), stop.Token)).ToArray();
            var publishing = PublishAsync(app.GetRequiredService<IFactPublisher>(), stop.Token);
            await Task.Delay((10 * subscribers) + 2_000); // All of them are connected.
            Interlocked.Exchange(ref bytes, 0);
            var start = TimeProvider.System.GetTimestamp();
            times = await OrderThroughput.PlaceAllAsync(grains, "run", OrdersPerPortfolio, SpacingMs);
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {following.Count(one => !one.IsCompleted)} streams, {bytes / seconds / 1_024:N0} KiB/s, {Environment.WorkingSet / 1_048_576:N0} MiB"));
            await stop.CancelAsync();
            await Task.WhenAll([publishing, .. following]);
        });
        return times;
    }

    private static HttpClient ClientOf(IServiceProvider app)
    {
        var address = app.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = new Uri(address), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", app.GetRequiredService<OperatorKey>().Text);
        return http;
    }

    private static async Task FollowAsync(HttpClient http, int number, Action<int> onRead, CancellationToken stop)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10 * number), stop); // A key may make 200 requests a second.
            using var answer = await http.GetAsync($"/api/v1/events?topics=quotes,fills&portfolio=p{number % 16}", HttpCompletionOption.ResponseHeadersRead, stop);
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            var buffer = ArrayPool<byte>.Shared.Rent(16_384);
            for (int count; (count = await body.ReadAsync(buffer, stop)) > 0;)
            {
                onRead(count);
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The round is over.
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
