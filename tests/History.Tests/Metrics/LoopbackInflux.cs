using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BtcAgent.History.Tests.Metrics;

/// <summary>An HTTP server on 127.0.0.1 that answers writes as the test says, and keeps what it receives.</summary>
internal sealed class LoopbackInflux : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public LoopbackInflux()
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

    /// <summary>Status, further headers and body of the next answers; without any, 204.</summary>
    public Queue<(int Status, string? RetryAfter, string Body)> Answers { get; } = new();

    /// <summary>Target, log-in and lines of each request.</summary>
    public List<(string Target, string? LogIn, string[] Lines)> Requests { get; } = [];

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

            using var body = new StreamReader(new GZipStream(context.Request.InputStream, CompressionMode.Decompress), Encoding.UTF8);
            Requests.Add((
                context.Request.RawUrl!, context.Request.Headers["Authorization"],
                (await body.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
            var (status, retryAfter, text) = Answers.Count > 0 ? Answers.Dequeue() : (204, null, "");
            context.Response.StatusCode = status;
            if (retryAfter is not null)
            {
                context.Response.AddHeader("Retry-After", retryAfter);
            }

            if (text.Length > 0)
            {
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            }

            context.Response.Close();
        }
    }
}
