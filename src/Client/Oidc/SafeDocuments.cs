using BtcAgent.Client.Access;
using Microsoft.IdentityModel.Protocols;

namespace BtcAgent.Client.Oidc;

/// <summary>
/// Reads the provider's documents: over https or from loopback only, also those that the discovery document names; without redirects, and
/// small ones within a short time.
/// </summary>
internal sealed class SafeDocuments : IDocumentRetriever, IDisposable
{
    private const int BytesMax = 1024 * 1024;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = AnswerWithin,
        MaxResponseContentBufferSize = BytesMax,
    };

    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && OidcOptionsValidator.IsSafe(uri)
            ? await _http.GetStringAsync(uri, cancel)
            : throw new HttpRequestException($"'{address}' is neither https nor on loopback");

    public void Dispose() => _http.Dispose();
}
