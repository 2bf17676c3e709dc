using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>Attackers over HTTP: each sends its kind of request at its pace until cancelled.</summary>
internal sealed class Attackers(Uri agent, string key) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 64,
    })
    {
        BaseAddress = agent,
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly byte[] _bomb = Bomb();

    /// <summary>Every attack with its rate per second.</summary>
    public IEnumerable<AttackRun> All() =>
    [
        Attack("flood", 640, n => new(n % 2 == 0 ? HttpMethod.Get : HttpMethod.Post, n % 2 == 0 ? "/api/v1/status" : "/api/v1/control/halt")),
        Attack("wrongKeys", 40, n => With(new(HttpMethod.Get, "/api/v1/status"), "X-Operator-Key", $"{key[..^1]}{n % 10}x")),
        Attack("wrongSignIns", 20, n => With(
            new(HttpMethod.Post, "/signin"), new FormUrlEncodedContent([new("key", $"guess {n}")]))),
        Attack("usedLinks", 10, n => new(HttpMethod.Get, $"/signin?token=guess{n}")),
        Attack("forgedCookies", 40, n => Forged(n)),
        Attack("forwardedHeaders", 20, n => With(With(
            new(HttpMethod.Get, "/api/v1/status"), "X-Forwarded-For", $"10.0.{n % 250}.1"), "X-Forwarded-Proto", "https")),
        Attack("foreignHosts", 20, n => HostNamed(n)),
        Attack("oversizeBodies", 5, _ => With(
            new(HttpMethod.Post, "/signin"), new ByteArrayContent(new byte[1024 * 1024]) { Headers = { ContentType = new("application/x-www-form-urlencoded") } })),
        Attack("oversizeHeaders", 5, _ => With(new(HttpMethod.Get, "/api/v1/status"), "X-Long", new string('a', 20_000))),
        Attack("deepJson", 10, _ => With(
            new(HttpMethod.Post, "/api/v1/control/halt"),
            new StringContent($"{{\"reason\":{new string('[', 8_000)}", Encoding.UTF8, "application/json"))),
        Attack("zipBombs", 2, _ => With(
            new(HttpMethod.Post, "/api/v1/models?strategy=momentum"), new ByteArrayContent(_bomb) { Headers = { ContentType = new("application/zip") } })),

        // Even a key holder may upload a bomb by mistake, which must not crash the agent.
        Attack("zipBombsWithTheKey", 0.5, _ => With(With(
            new(HttpMethod.Post, "/api/v1/models?strategy=momentum"), "X-Operator-Key", key),
            new ByteArrayContent(_bomb) { Headers = { ContentType = new("application/zip") } })),
        Attack("compressedBodies", 5, _ => Compressed()),
        Attack("probes", 100, _ => new(HttpMethod.Get, "/health/ready"), isOpen: true),
    ];

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage With(HttpRequestMessage request, string header, string value)
    {
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }

    private static HttpRequestMessage With(HttpRequestMessage request, HttpContent content)
    {
        request.Content = content;
        return request;
    }

    private static HttpRequestMessage HostNamed(long n)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status");
        request.Headers.Host = $"rebound{n % 10}.example";
        return request;
    }

    /// <summary>A zip of 200 KiB that claims to contain a model of 200 MiB.</summary>
    private static byte[] Bomb()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["manifest.json", "model.txt", "model.onnx"])
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                var block = new byte[1024 * 1024];
                for (var i = 0; i < 64; i++)
                {
                    entry.Write(block);
                }
            }
        }

        return bytes.ToArray();
    }

    private HttpRequestMessage Forged(long n)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/control/halt")
        {
            Content = new StringContent("{\"reason\":\"forged\"}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Cookie", $"btcagent-{agent.Port}=forged{n}; btcagent=forged; __Host-btcagent=forged");
        request.Headers.Add("Origin", n % 2 == 0 ? "http://evil.example" : agent.GetLeftPart(UriPartial.Authority));
        return request;
    }

    private HttpRequestMessage Compressed()
    {
        var content = new ByteArrayContent(_bomb);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return With(With(new(HttpMethod.Post, "/api/v1/control/resume"), "X-Operator-Key", key), content);
    }

    private AttackRun Attack(
        string name, double perSecond, Func<long, HttpRequestMessage> request, bool isOpen = false) =>
        new(new AttackTally(name, isOpen), async (tally, stop) =>
        {
            using var beat = new PeriodicTimer(Beat);
            var open = new List<Task>();
            var due = 1.0;
            long sent = 0;
            try
            {
                do
                {
                    for (; due >= 1 && open.Count < 64; due--)
                    {
                        open.Add(SendAsync(tally, request(sent++), stop));
                    }

                    // Late requests are not made up for: the pace is a maximum, not a mean.
                    due = Math.Min(due, 1) + (perSecond * Beat.TotalSeconds);
                    open.RemoveAll(t => t.IsCompleted);
                }
                while (await beat.WaitForNextTickAsync(stop));
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(open);
            }
        });

    private async Task SendAsync(AttackTally tally, HttpRequestMessage request, CancellationToken stop)
    {
        using (request)
        {
            try
            {
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                tally.Got(answer.StatusCode);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                tally.Got("closed");
            }
            catch (OperationCanceledException)
            {
                if (!stop.IsCancellationRequested)
                {
                    tally.Got("noAnswer");
                }
            }
        }
    }
}
