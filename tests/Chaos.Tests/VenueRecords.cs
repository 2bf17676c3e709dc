using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BtcAgent.Chaos.Tests;

/// <summary>Reads the venue's own records of an account by signed REST, with no code of the agent.</summary>
internal sealed class VenueRecords(Uri rest, string apiKey, string secret) : IDisposable
{
    private const int PageSize = 1_000;
    private readonly HttpClient _http = new() { BaseAddress = rest };

    public async Task<List<JsonElement>> AllOrdersAsync(string symbol, CancellationToken cancellationToken) =>
        await AllAsync("/api/v3/allOrders", symbol, "orderId", "orderId", cancellationToken);

    public async Task<List<JsonElement>> AllTradesAsync(string symbol, CancellationToken cancellationToken) =>
        await AllAsync("/api/v3/myTrades", symbol, "fromId", "id", cancellationToken);

    public Task<JsonElement> OpenOrdersAsync(string symbol, CancellationToken cancellationToken) =>
        AskAsync($"/api/v3/openOrders?symbol={symbol}", cancellationToken);

    public async Task<decimal> BalanceAsync(string asset, CancellationToken cancellationToken)
    {
        var account = await AskAsync("/api/v3/account?omitZeroBalances=false", cancellationToken);
        return account.GetProperty("balances").EnumerateArray().Where(b => b.GetProperty("asset").GetString() == asset)
            .Sum(b => Amount(b, "free") + Amount(b, "locked"));
    }

    public static decimal Amount(JsonElement json, string name) =>
        decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    public void Dispose() => _http.Dispose();

    private async Task<List<JsonElement>> AllAsync(string path, string symbol, string from, string id, CancellationToken cancellationToken)
    {
        var all = new List<JsonElement>();
        var next = 0L;
        while (true)
        {
            var page = await AskAsync(FormattableString.Invariant($"{path}?symbol={symbol}&{from}={next}&limit={PageSize}"), cancellationToken);
            all.AddRange(page.EnumerateArray());
            if (page.GetArrayLength() < PageSize)
            {
                return all;
            }

            next = all[^1].GetProperty(id).GetInt64() + 1;
        }
    }

    private async Task<JsonElement> AskAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var query = FormattableString.Invariant($"{pathAndQuery.Split('?')[1]}&recvWindow=60000&timestamp={at}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(query)));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{pathAndQuery.Split('?')[0]}?{query}&signature={signature}");
        request.Headers.Add("X-MBX-APIKEY", apiKey);
        using var response = await _http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)
            : throw new InvalidOperationException($"{pathAndQuery}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
