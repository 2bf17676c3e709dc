using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BtcAgent.Testing;

/// <summary>
/// An SMTP server on a free port of 127.0.0.1: STARTTLS or TLS from the start, AUTH PLAIN, and the commands of RFC 5321 that a client
/// sends. It keeps every accepted message.
/// </summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly X509Certificate2? _certificate;
    private readonly bool _implicit;
    private readonly string? _login;
    private readonly Task _accepting;

    /// <param name="certificate">Offers STARTTLS with it; null for a plain server.</param>
    /// <param name="isImplicit">TLS from the first byte.</param>
    /// <param name="user">Required log-in; null for none.</param>
    /// <param name="password">Its password.</param>
    public SmtpListener(X509Certificate2? certificate = null, bool isImplicit = false, string? user = null, string? password = null)
    {
        (_certificate, _implicit) = (certificate, isImplicit);
        _login = user is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The accepted messages, with headers.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    /// <summary>Answer to the end of a message.</summary>
    public string DataAnswer { get; set; } = "250 accepted";

    /// <summary>Address that is refused.</summary>
    public string Unknown { get; set; } = "nobody at all";

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_ended.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                stream = _implicit ? await SecureAsync(stream) : stream;
                await new Session(this, stream).RunAsync();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                return; // The client has left or does not trust the certificate.
            }
        }
    }

    private async Task<SslStream> SecureAsync(Stream stream)
    {
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _ended.Token);
        return secured;
    }

    private sealed class Session(SmtpListener server, Stream stream)
    {
        private Stream _stream = stream;
        private StreamReader _reader = new(stream, Encoding.Latin1);
        private bool _isSecure = server._implicit;
        private bool _isLoggedIn = server._login is null;

        public async Task RunAsync()
        {
            await SayAsync("220 test ESMTP");
            while (await _reader.ReadLineAsync(server._ended.Token) is { } line)
            {
                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await SayAsync($"250-test\r\n{(server._certificate is not null && !_isSecure ? "250-STARTTLS\r\n" : "")}{(server._login is not null ? "250-AUTH PLAIN\r\n" : "")}250 8BITMIME");
                        break;
                    case "STARTTLS":
                        await SayAsync("220 go ahead");
                        _stream = await server.SecureAsync(_stream);
                        _reader = new StreamReader(_stream, Encoding.Latin1);
                        _isSecure = true;
                        break;
                    case "AUTH":
                        _isLoggedIn = line == $"AUTH PLAIN {server._login}";
                        await SayAsync(_isLoggedIn ? "235 welcome" : $"535 wrong: {line}");
                        break;
                    case "MAIL" when !_isLoggedIn:
                        await SayAsync("530 log in first");
                        break;
                    case "RCPT" when line.Contains(server.Unknown, StringComparison.Ordinal):
                        await SayAsync("550 no such user");
                        break;
                    case "DATA":
                        await SayAsync("354 end with a dot");
                        await TakeAsync();
                        break;
                    case "QUIT":
                        await SayAsync("221 bye");
                        return;
                    default:
                        await SayAsync("250 ok");
                        break;
                }
            }
        }

        private async Task TakeAsync()
        {
            var text = new StringBuilder();
            while (await _reader.ReadLineAsync(server._ended.Token) is { } line && line != ".")
            {
                text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append('\n');
            }

            if (server.DataAnswer.StartsWith('2'))
            {
                server._messages.Enqueue(text.ToString());
            }

            await SayAsync(server.DataAnswer);
        }

        private async Task SayAsync(string line) => await _stream.WriteAsync(Encoding.Latin1.GetBytes($"{line}\r\n"), server._ended.Token);
    }
}
