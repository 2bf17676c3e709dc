using System.Net;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Exchanges.Binance.Tests.Rest;

public sealed class BinanceRestClientTests
{
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_040));

    [Fact]
    public async Task GetDepthAsync_Answer_AsksOnceAndTakesTheVenuesWeight()
    {
        var handler = new StubHandler(_ => Answer(HttpStatusCode.OK, "{}", usedWeight: 321));
        var client = NewClient(handler);

        await client.GetDepthAsync(Instrument, CancellationToken.None);

        Assert.Equal("https://api.binance.com/api/v3/depth?symbol=BTCUSDT&limit=1000", Assert.Single(handler.Requests).ToString());
        Assert.Equal(321, client.Budget.Used);
    }

    [Fact]
    public async Task GetDepthAsync_BudgetSpent_WaitsForTheNextMinute()
    {
        var handler = new StubHandler(_ => Answer(HttpStatusCode.OK, "{}"));
        var client = NewClient(handler, new BinanceOptions { WeightPerMinuteMax = 99 });
        await client.GetDepthAsync(Instrument, CancellationToken.None);

        var second = client.GetDepthAsync(Instrument, CancellationToken.None);
        Assert.Single(handler.Requests);
        _time.Advance(TimeSpan.FromSeconds(60));
        await second;

        Assert.Equal(2, handler.Requests.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(418)]
    public async Task GetDepthAsync_RateLimited_KeepsAwayAsLongAsTold(int status)
    {
        var handler = new StubHandler(request => request == 1
            ? Answer((HttpStatusCode)status, """{"code":-1003,"msg":"Too much request weight used"}""", retryAfterSeconds: 7)
            : Answer(HttpStatusCode.OK, "{}"));
        var client = NewClient(handler);

        var refusal = await Assert.ThrowsAsync<BinanceApiException>(() => client.GetDepthAsync(Instrument, CancellationToken.None));
        Assert.True(refusal.IsRateLimit);
        Assert.Equal((-1003, TimeSpan.FromSeconds(7)), (refusal.Code, refusal.RetryAfter));
        var second = client.GetDepthAsync(Instrument, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(handler.Requests);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await second;

        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task GetDepthAsync_RateLimitedUntilADate_KeepsAwayUntilThen()
    {
        var handler = new StubHandler(request => request == 1
            ? Until(_time.GetUtcNow().AddSeconds(90))
            : Answer(HttpStatusCode.OK, "{}"));
        var client = NewClient(handler);

        var refusal = await Assert.ThrowsAsync<BinanceApiException>(() => client.GetDepthAsync(Instrument, CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(90), refusal.RetryAfter);
    }

    [Fact]
    public async Task GetDepthAsync_RetryAfterOfYears_IsBoundedByTheLongestBan()
    {
        var client = NewClient(new StubHandler(_ => Answer((HttpStatusCode)418, "{}", retryAfterSeconds: int.MaxValue)));
        var refusal = await Assert.ThrowsAsync<BinanceApiException>(() => client.GetDepthAsync(Instrument, CancellationToken.None));
        Assert.Equal(TimeSpan.FromDays(3), refusal.RetryAfter);
    }

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","referencePrice":"61000.50","timestamp":1770736694138}""", "61000.5")]
    [InlineData("""{"symbol":"BTCUSDT","referencePrice":null,"timestamp":1770736694138}""", null)]
    public async Task GetReferencePriceAsync_DocumentedAnswers_AreRead(string body, string? price)
    {
        var client = NewClient(new StubHandler(_ => Answer(HttpStatusCode.OK, body)));
        Assert.Equal(price is null ? null : Price.Parse(price), await client.GetReferencePriceAsync(Instrument, CancellationToken.None));
    }

    [Fact]
    public async Task GetReferencePriceAsync_NeverSet_IsNone()
    {
        var client = NewClient(new StubHandler(_ => Answer(
            HttpStatusCode.BadRequest, """{"code":-2043,"msg":"This symbol doesn't have a reference price."}""")));
        Assert.Null(await client.GetReferencePriceAsync(Instrument, CancellationToken.None));
    }

    [Fact]
    public async Task GetTradingRulesAsync_UnknownSymbol_SaysCodeMessageAndRemedy()
    {
        var client = NewClient(new StubHandler(_ => Answer(HttpStatusCode.BadRequest, """{"code":-1121,"msg":"Invalid symbol."}""")));

        var refusal = await Assert.ThrowsAsync<BinanceApiException>(
            () => client.GetTradingRulesAsync(Instrument, CancellationToken.None));

        Assert.Equal(-1121, refusal.Code);
        Assert.Contains("symbol=BTCUSDT was refused with HTTP 400, code -1121: Invalid symbol.; check the instrument's name", refusal.Message);
    }

    [Fact]
    public async Task GetTimeAsync_AnswerIsHtml_IsAFeedException()
    {
        var client = NewClient(new StubHandler(_ => Answer(HttpStatusCode.OK, "<html>")));

        var problem = await Assert.ThrowsAsync<MarketFeedException>(() => client.GetTimeAsync(CancellationToken.None));
        Assert.Contains("RestBaseAddress", problem.Message);
    }

    [Fact]
    public async Task GetTimeAsync_NoNetwork_NamesTheAddress()
    {
        var client = NewClient(new StubHandler(_ => throw new HttpRequestException("refused")));

        var problem = await Assert.ThrowsAsync<MarketFeedException>(() => client.GetTimeAsync(CancellationToken.None));
        Assert.Contains("https://api.binance.com/api/v3/time cannot be reached: refused", problem.Message);
    }

    [Fact]
    public async Task MeasureClockAsync_VenueAhead_GivesTheOffset()
    {
        var client = NewClient(new StubHandler(_ => Answer(
            HttpStatusCode.OK, $$"""{"serverTime":{{_time.GetUtcNow().ToUnixTimeMilliseconds() + 1_270}}}""")));
        var clock = new ClockOffsetEstimator();

        await client.MeasureClockAsync(clock, CancellationToken.None);

        Assert.Equal(TimeSpan.FromMilliseconds(1_270), clock.Offset);
        Assert.Equal(5, clock.Samples);
    }

    [Fact]
    public void Add_SlowSample_TheFastestCounts()
    {
        var clock = new ClockOffsetEstimator();
        var sent = DateTimeOffset.UnixEpoch;
        clock.Add(sent, sent.AddMilliseconds(900), TimeSpan.FromMilliseconds(800));
        clock.Add(sent, sent.AddMilliseconds(110), TimeSpan.FromMilliseconds(20));
        clock.Add(sent, sent.AddMilliseconds(700), TimeSpan.FromMilliseconds(400));

        Assert.Equal((TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20)), (clock.Offset, clock.RoundTrip));
    }

    private static HttpResponseMessage Answer(
        HttpStatusCode status, string body, int? usedWeight = null, int? retryAfterSeconds = null)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        if (usedWeight is { } weight)
        {
            response.Headers.Add("X-MBX-USED-WEIGHT-1M", $"{weight}");
        }

        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.Add("Retry-After", $"{seconds}");
        }

        return response;
    }

    private static HttpResponseMessage Until(DateTimeOffset date)
    {
        var response = Answer(HttpStatusCode.TooManyRequests, "{}");
        response.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(date);
        return response;
    }

    private BinanceRestClient NewClient(StubHandler handler, BinanceOptions? options = null) =>
        new(new HttpClient(handler), Options.Create(options ?? new BinanceOptions()), _time);
}
