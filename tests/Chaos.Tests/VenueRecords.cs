using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BtcAgent.Chaos.Tests;

/// <summary>Reads the venue's records of an account over signed REST, without the agent's code.</summary>
internal sealed class VenueRecords(Uri rest, string apiKey, string secret) : IDisposable
{
    private const int PageSize = 1_000;
    private readonly HttpClient _http = new() { BaseAddress = rest };

    public async Task<List<JsonElement>> AllOrdersAsync(string symbol, CancellationToken cancellationToken) =>
        await AllAsync("/api/v3/allOrders", symbol, "orderId", "orderId", cancellationToken);

    public async Task<List<JsonElement>> AllTradesAsync(string symbol, CancellationToken cancellationToken) =>
        await AllAsync("/api/v3/myTrades", symbol, "fromId", "id", cancellationToken);

    /// <summary>The original client ids of amended orders, by venue id.</summary>
    public async Task<Dictionary<long, string>> FirstNamesAsync(string symbol, IEnumerable<long> orderIds, CancellationToken cancellationToken)
    {
        var names = new Dictionary<long, string>();
        foreach (var id in orderIds)
        {
            var amendments = await AskAsync(FormattableString.Invariant($"/api/v3/order/amendments?symbol={symbol}&orderId={id}"), cancellationToken);
            if (amendments.GetArrayLength() > 0)
            {
                names[id] = amendments[0].GetProperty("origClientOrderId").GetString()!;
            }
        }

        return names;
    }

    public Task<JsonElement> OpenOrdersAsync(string symbol, CancellationToken cancellationToken) =>
        AskAsync($"/api/v3/openOrders?symbol={symbol}", cancellationToken);

    public async Task<decimal> BalanceAsync(string asset, CancellationToken cancellationToken)
    {
        var account = await AskAsync("/api/v3/account?omitZeroBalances=false", cancellationToken);
        return account.GetProperty("balances").EnumerateArray().Where(b => b.GetProperty("asset").GetString() == asset)
            .Sum(b => Amount(b, "free") + Amount(b, "locked"));
    }

    /// <summary>Free and locked together, per asset.</summary>
    public async Task<Dictionary<string, decimal>> BalancesAsync(CancellationToken cancellationToken)
    {
        var account = await AskAsync("/api/v3/account?omitZeroBalances=false", cancellationToken);
        return account.GetProperty("balances").EnumerateArray()
            .ToDictionary(b => b.GetProperty("asset").GetString()!, b => Amount(b, "free") + Amount(b, "locked"));
    }

    /// <summary>Middle of best bid and ask.</summary>
    public async Task<decimal> MidAsync(string symbol, CancellationToken cancellationToken)
    {
        var top = await _http.GetFromJsonAsync<JsonElement>($"/api/v3/ticker/bookTicker?symbol={symbol}", cancellationToken);
        return (Amount(top, "bidPrice") + Amount(top, "askPrice")) / 2;
    }

    /// <summary>A foreign market order in the account.</summary>
    public Task PlaceByHandAsync(string symbol, string side, string quantity, CancellationToken cancellationToken) =>
        AskAsync($"/api/v3/order?symbol={symbol}&side={side}&type=MARKET&quantity={quantity}&newClientOrderId=web_by-hand", cancellationToken, HttpMethod.Post);

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

    private async Task<JsonElement> AskAsync(string pathAndQuery, CancellationToken cancellationToken, HttpMethod? method = null)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var query = FormattableString.Invariant($"{pathAndQuery.Split('?')[1]}&recvWindow=60000&timestamp={at}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(query)));
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, $"{pathAndQuery.Split('?')[0]}?{query}&signature={signature}");
        request.Headers.Add("X-MBX-APIKEY", apiKey);
        using var response = await _http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)
            : throw new InvalidOperationException($"{pathAndQuery}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
