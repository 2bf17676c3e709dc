using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BtcAgent.Cli.Tests.Downloads;

/// <summary>An HTTP server on 127.0.0.1 with files, ranges of files, and answers that the test gives.</summary>
internal sealed class LoopbackVenue : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public LoopbackVenue()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Content by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Content by path and query; null when it answers by <see cref="Files"/>.</summary>
    public Func<string, string?> Api { get; set; } = _ => null;

    /// <summary>Statuses of the next answers with their Retry-After, before any content.</summary>
    public Queue<(int Status, string RetryAfter)> Refusals { get; } = new();

    /// <summary>Used weight of the next answer.</summary>
    public int Weight { get; set; }

    /// <summary>Paths with query, and with the range that was asked for.</summary>
    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // The test ended.
            }

            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var target = context.Request.RawUrl!;
        var range = context.Request.Headers["Range"];
        Requests.Add(range is null ? target : $"{target} {range}");
        var response = context.Response;
        if (Refusals.Count > 0)
        {
            (response.StatusCode, var retryAfter) = Refusals.Dequeue();
            response.AddHeader("Retry-After", retryAfter);
        }
        else if ((Api(target) is { } text ? Encoding.UTF8.GetBytes(text) : Files.GetValueOrDefault(target)) is { } content)
        {
            var from = range is null ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            response.StatusCode = range is null ? 200 : from < content.Length ? 206 : 416;
            response.AddHeader("X-MBX-USED-WEIGHT-1M", Weight.ToString(CultureInfo.InvariantCulture));
            Weight = 0;
            if (from < content.Length)
            {
                await response.OutputStream.WriteAsync(content.AsMemory(from));
            }
        }
        else
        {
            response.StatusCode = 404;
        }

        response.Close();
    }
}
