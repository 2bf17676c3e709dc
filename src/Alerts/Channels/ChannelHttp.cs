using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using BtcAgent.Alerts.Settings;

namespace BtcAgent.Alerts.Channels;

/// <summary>
/// Sends one request to a receiver, and judges the answer. Never follows a redirect, which could carry a secret elsewhere.
/// </summary>
internal sealed partial class ChannelHttp : IDisposable
{
    /// <summary>Longest answer of which somebody reads more than the beginning, in bytes.</summary>
    public const int ReadMax = 512 * 1024;

    private const int BodyMax = 2_048;
    private const int ProblemMax = 300;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // The caller's token limits each attempt, by the agent's clock.
    };

    /// <param name="make">Makes the request; reads secrets from their files.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="accepts">Whether an answer outside 2xx is nevertheless what was wanted; null for never.</param>
    /// <param name="read">Receives the text of an accepted answer, up to <see cref="ReadMax"/> bytes; null to ignore it.</param>
    public async Task<ChannelAnswer> SendAsync(
        Func<ChannelRequest> make,
        CancellationToken cancellationToken,
        Func<HttpStatusCode, string, bool>? accepts = null,
        Action<string>? read = null)
    {
        string[] secrets = [];
        try
        {
            var made = make();
            secrets = made.Secrets;
            using var request = made.Message;
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var text = await ReadAsync(answer, read is null ? BodyMax : ReadMax, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                read?.Invoke(text);
            }

            return answer.IsSuccessStatusCode || accepts?.Invoke(answer.StatusCode, text) == true
                ? ChannelAnswer.Accepted
                : Judge(answer, Clean($"{request.RequestUri!.Host} answers {(int)answer.StatusCode} {text}", secrets));
        }
        catch (AlertSettingsException e)
        {
            return ChannelAnswer.Busy(e.Message);
        }
        catch (UriFormatException)
        {
            return ChannelAnswer.Busy("the address in the file is not an address: correct the file");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return ChannelAnswer.Busy(Clean(e.Message, secrets));
        }
    }

    public void Dispose() => _client.Dispose();

    private static ChannelAnswer Judge(HttpResponseMessage answer, string problem) => answer.StatusCode switch
    {
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
            ChannelAnswer.Busy(problem, answer.Headers.RetryAfter?.Delta),
        _ => ChannelAnswer.Refused(problem),
    };

    private static async Task<string> ReadAsync(HttpResponseMessage answer, int most, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[most];
        var read = await stream.ReadAtLeastAsync(buffer, most, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    /// <summary>The signed part of a link that acknowledges, which the message contains.</summary>
    [GeneratedRegex($"/{AlertLinks.Path}/[^\\s\"'<>]+")]
    private static partial Regex LinkOfAlert();

    /// <summary>One line without secrets: a server may answer with the address or key that it was given.</summary>
    private static string Clean(string text, string[] secrets)
    {
        var line = secrets.Where(secret => secret.Length > 0)
            .Aggregate(text, (said, secret) => said.Replace(secret, "***", StringComparison.Ordinal));
        line = LinkOfAlert().Replace(line, $"/{AlertLinks.Path}/***");
        line = string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= ProblemMax ? line : string.Create(CultureInfo.InvariantCulture, $"{line.AsSpan(0, ProblemMax)}…");
    }
}
