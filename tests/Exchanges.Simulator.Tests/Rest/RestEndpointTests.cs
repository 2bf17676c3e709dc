using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace BtcAgent.Exchanges.Simulator.Tests.Rest;

/// <summary>Answers and refusals of the REST side, over a real socket.</summary>
public sealed class RestEndpointTests
{
    [Theory]
    [InlineData("/api/v3/depth?symbol=NOPE", -1121)]
    [InlineData("/api/v3/exchangeInfo?symbol=NOPE", -1121)]
    [InlineData("/api/v3/depth", -1102)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=ten", -1100)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=0", -1100)]
    [InlineData("/api/v3/klines?symbol=BTCUSDT&limit=-3", -1100)]
    public async Task Get_BadRequest_BinanceErrorBody(string path, int code)
    {
        await using var venue = await RunningVenue.StartAsync();
        using var answer = await venue.Http.GetAsync(new Uri(path, UriKind.Relative), venue.Limit);
        var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(venue.Limit));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, body.GetProperty("code").GetInt32());
        Assert.NotEmpty(body.GetProperty("msg").GetString()!);
    }

    [Fact]
    public async Task Connect_MoreThanTheVenueKeeps_RestIsClosedAndTheFirstIsServed()
    {
        const int tooMany = 20;
        await using var venue = await RunningVenue.StartAsync();
        Assert.Equal(JsonValueKind.Object, (await venue.GetAsync("/api/v3/ping")).ValueKind);
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < SimulatedVenue.ConnectionsMax - 1 + tooMany; i++)
            {
                var connection = new TcpClient();
                idle.Add(connection);
                await connection.ConnectAsync(IPAddress.Loopback, venue.Venue.RestAddress.Port, venue.Limit);
            }

            var closed = idle.Select(connection => IsClosedAsync(connection, venue.Limit)).ToList();
            for (var i = 0; i < tooMany; i++)
            {
                var first = await Task.WhenAny(closed);
                Assert.True(await first);
                closed.Remove(first);
            }

            Assert.Equal(JsonValueKind.Object, (await venue.GetAsync("/api/v3/ping")).ValueKind);
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
    }

    [Theory]
    [InlineData("/api/v3/depth?symbol=BTCUSDT")]
    [InlineData("/api/v3/depth?symbol=NOPE")]
    public async Task Get_OverWeight_429WithRetryAfter(string path)
    {
        await using var venue = await RunningVenue.StartAsync(options => options.WeightPerMinuteMax = 1);
        using var answer = await venue.Http.GetAsync(new Uri(path, UriKind.Relative), venue.Limit);
        var body = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(venue.Limit));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(-1003, body.GetProperty("code").GetInt32());
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.True(answer.Headers.Contains("X-MBX-USED-WEIGHT-1M"));
    }

    [Theory]
    [InlineData(100, 5)]
    [InlineData(500, 25)]
    [InlineData(1_000, 50)]
    [InlineData(5_000, 250)]
    public async Task Depth_Limit_CostsBinanceWeight(int limit, int weight)
    {
        await using var venue = await RunningVenue.StartAsync();
        using var answer = await venue.Http.GetAsync(
            new Uri($"/api/v3/depth?symbol=BTCUSDT&limit={limit}", UriKind.Relative), venue.Limit);
        Assert.Equal($"{weight}", Assert.Single(answer.Headers.GetValues("X-MBX-USED-WEIGHT-1M")));
    }

    [Fact]
    public async Task ExchangeInfo_KnownSymbol_FiltersParse()
    {
        await using var venue = await RunningVenue.StartAsync();
        var info = await venue.GetAsync("/api/v3/exchangeInfo?symbol=BTCUSDT");
        var symbol = Assert.Single(info.GetProperty("symbols").EnumerateArray());
        Assert.Equal("BTC", symbol.GetProperty("baseAsset").GetString());
        var filters = symbol.GetProperty("filters").EnumerateArray()
            .ToDictionary(filter => filter.GetProperty("filterType").GetString()!);
        Assert.Equal(0.01m, decimal.Parse(
            filters["PRICE_FILTER"].GetProperty("tickSize").GetString()!, CultureInfo.InvariantCulture));
        Assert.Equal(0.00001m, decimal.Parse(
            filters["LOT_SIZE"].GetProperty("stepSize").GetString()!, CultureInfo.InvariantCulture));
        Assert.Equal(5m, decimal.Parse(
            filters["NOTIONAL"].GetProperty("minNotional").GetString()!, CultureInfo.InvariantCulture));
    }

    private static async Task<bool> IsClosedAsync(TcpClient connection, CancellationToken limit)
    {
        try
        {
            return await connection.GetStream().ReadAsync(new byte[1], limit) == 0;
        }
        catch (IOException)
        {
            return true; // reset
        }
    }
}
