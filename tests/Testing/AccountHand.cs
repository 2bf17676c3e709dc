using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BtcAgent.Testing;

/// <summary>
/// Another trader with the key of an account: places, amends, cancels and reads over signed REST, without the agent's code.
/// </summary>
/// <param name="rest">REST address of the venue.</param>
/// <param name="apiKey">API key of the account.</param>
/// <param name="secret">Secret of the key.</param>
/// <param name="time">Clock for the timestamps of requests.</param>
/// <param name="from">Sender address, for a venue that counts by address; null for any.</param>
public sealed class AccountHand(Uri rest, string apiKey, string secret, TimeProvider time, IPAddress? from = null) : IDisposable
{
    private readonly HttpClient _http = new(Handler(from)) { BaseAddress = rest };

    /// <summary>Returns the answer to a request with its HTTP status, including refusals.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(
        HttpMethod verb, string path, string query, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        var payload = string.Create(CultureInfo.InvariantCulture, $"{query}&recvWindow=60000&timestamp={at}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(payload)));
        using var request = new HttpRequestMessage(verb, $"{path}?{payload}&signature={signature}");
        request.Headers.Add("X-MBX-APIKEY", apiKey);
        using var response = await _http.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
    }

    /// <exception cref="InvalidOperationException">The venue refused.</exception>
    public async Task<JsonElement> DoAsync(HttpMethod verb, string path, string query, CancellationToken cancellationToken)
    {
        var (status, body) = await SendAsync(verb, path, query, cancellationToken);
        return status == 200 ? body : throw new InvalidOperationException($"{verb} {path}?{query}: {status} {body}");
    }

    public Task<JsonElement> AskAsync(string path, string query, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Get, path, query, cancellationToken);

    /// <param name="symbol">Upper case.</param>
    /// <param name="order">The rest of the order's parameters.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<JsonElement> PlaceAsync(string symbol, string order, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Post, "/api/v3/order", $"symbol={symbol}&{order}", cancellationToken);

    /// <summary>Reduces an order's quantity in place; the venue gives it a new client id.</summary>
    public Task<(int Status, JsonElement Body)> AmendAsync(
        string symbol, long orderId, decimal quantity, CancellationToken cancellationToken, string? clientOrderId = null)
    {
        var name = clientOrderId is null ? "" : $"&newClientOrderId={clientOrderId}";
        var query = string.Create(CultureInfo.InvariantCulture, $"symbol={symbol}&orderId={orderId}&newQty={quantity}{name}");
        return SendAsync(HttpMethod.Put, "/api/v3/order/amend/keepPriority", query, cancellationToken);
    }

    public static decimal Amount(JsonElement json, string name) =>
        decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler(IPAddress? from)
    {
        var handler = new SocketsHttpHandler();
        if (from is not null)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        return handler;
    }
}
