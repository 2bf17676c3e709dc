using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Benchmarks;

/// <summary>
/// Clients of an agent's live events, until the standard input ends: <c>subscriber-clients HTTP GRPC SSE-COUNT GRPC-COUNT</c>, each with its
/// own connection.
/// </summary>
internal static class SubscriberClients
{
    public const string KeyVariable = "BTCAGENT_BENCH_KEY";

    public const string Ready = "ready";

    /// <summary>Between two connections in ms; a key may make 200 requests a second.</summary>
    private const int SpacingMs = 10;

    private static long _bytes;
    private static long _reads;
    private static int _connected;

    public static async Task RunAsync(string http, string grpc, int sseCount, int grpcCount)
    {
        var key = Environment.GetEnvironmentVariable(KeyVariable) ?? throw new InvalidOperationException($"{KeyVariable} is not set");
        using var stop = new CancellationTokenSource();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = new Uri(http), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var streams = Enumerable.Range(0, sseCount).Select(i => FollowAsync(i, () => ReadSseAsync(client, i, stop.Token), stop.Token))
            .Concat(Enumerable.Range(sseCount, grpcCount).Select(i => FollowAsync(i, () => ReadGrpcAsync(grpc, key, i, stop.Token), stop.Token))).ToArray();
        while (Volatile.Read(ref _connected) < streams.Length && !Array.Exists(streams, stream => stream.IsFaulted))
        {
            await Task.Delay(50);
        }

        Console.WriteLine(Ready);
        (var start, _bytes, _reads) = (TimeProvider.System.GetTimestamp(), 0, 0);
        await Console.In.ReadToEndAsync();
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {streams.Count(one => !one.IsCompleted)} of {streams.Length} streams at the end, {_bytes / seconds / 1_024:N0} KiB/s, {_reads / seconds:N0} reads/s"));
        await stop.CancelAsync();
        await Task.WhenAll(streams);
    }

    private static async Task FollowAsync(int number, Func<Task> read, CancellationToken stop)
    {
        try
        {
            await Task.Delay(SpacingMs * number, stop);
            await read();
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The round is over.
        }
    }

    private static async Task ReadSseAsync(HttpClient http, int number, CancellationToken stop)
    {
        using var answer = await OpenAsync(http, number, stop);
        Interlocked.Increment(ref _connected);
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[16_384];
        for (int count; (count = await body.ReadAsync(buffer, stop)) > 0;)
        {
            Note(count);
        }
    }

    /// <summary>On a busy machine the connections come in bursts, which the limit on requests refuses.</summary>
    private static async Task<HttpResponseMessage> OpenAsync(HttpClient http, int number, CancellationToken stop)
    {
        while (true)
        {
            var answer = await http.GetAsync($"/api/v1/events?topics=quotes,fills&portfolio=p{number % 16}", HttpCompletionOption.ResponseHeadersRead, stop);
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return answer.EnsureSuccessStatusCode();
            }

            answer.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }
    }

    private static async Task ReadGrpcAsync(string address, string key, int number, CancellationToken stop)
    {
        using var agent = new OperatorClient(new OperatorClientOptions { Address = new Uri(address), Key = key });
        var request = new SubscribeRequest { Topics = { "quotes", "fills" }, Portfolio = string.Create(CultureInfo.InvariantCulture, $"p{number % 16}") };
        var isConnected = false;
        await foreach (var message in agent.SubscribeAsync(request, stop))
        {
            if (!isConnected)
            {
                isConnected = true;
                Interlocked.Increment(ref _connected);
            }

            Note(message.CalculateSize());
        }
    }

    private static void Note(int count)
    {
        Interlocked.Add(ref _bytes, count);
        Interlocked.Increment(ref _reads);
    }
}
