using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BtcAgent.Client.Tests.Access;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Queries;
using BtcAgent.Domain;

namespace BtcAgent.Client.Tests.Api;

public sealed class HistoryApiTests
{
    [Fact]
    public async Task Get_AllParameters_ReachTheReader()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);

        using var answer = await http.GetAsync(
            "/api/v1/history/decisions?from=2026-11-28T00:00:00Z&to=2026-11-29T00:00:00Z&instrument=BINANCE:BTCUSDT&portfolio=main&strategy=flow"
            + "&limit=7&oldestFirst=true&withRecord=true&cursor=xyz&format=csv",
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("abc", Assert.Single(answer.Headers.GetValues("X-Next-Cursor")));
        Assert.Equal(
            new HistoryRequest
            {
                Dataset = "decisions",
                From = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero)),
                To = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero)),
                Instrument = "BINANCE:BTCUSDT",
                Portfolio = "main",
                Strategy = "flow",
                Limit = 7,
                OldestFirst = true,
                WithRecord = true,
                Cursor = "xyz",
                Format = HistoryFormat.Csv,
            },
            gateway.History.Last);
    }

    [Theory]
    [InlineData("limit=0", "limit is 0")]
    [InlineData("limit=10001", "limit is 10001")]
    [InlineData("from=2026-11-29T00:00:00Z&to=2026-11-28T00:00:00Z", "not before to")]
    [InlineData("format=1", "format is '1': give json, csv, parquet")]
    [InlineData("format=xml", "format is 'xml'")]
    [InlineData("from=yesterday", "from is 'yesterday': expected a time in ISO 8601, such as 2026-11-29 or 2026-11-29T12:00:00Z")]
    [InlineData("from=1e9", "from is '1e9': expected a time in ISO 8601")]
    [InlineData("to=9999-12-31", "to is 9999-12-31: the range is 1970…2262")]
    [InlineData("from=1969-12-31", "from is 1969-12-31: the range is 1970…2262")]
    [InlineData("instrument=%00", "'instrument' in the query has the control character U+0000")]
    [InlineData("strategy=a%1Bb", "'strategy' in the query has the control character U+001B")]
    [InlineData("curs%0Aor=a", "'curs or' in the query has the control character U+000A")]
    public async Task Get_InvalidParameter_IsRefusedByName(string query, string expected)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);

        await AssertProblemAsync(http, query, HttpStatusCode.BadRequest, expected);

        Assert.Null(gateway.History.Last);
    }

    [Fact]
    public async Task Get_ReaderRefusesOrFails_IsAProblem()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);

        gateway.History.Failure = new HistoryRequestException("trades has no portfolio: leave the filter out");
        await AssertProblemAsync(http, "", HttpStatusCode.BadRequest, "trades has no portfolio");
        gateway.History.Failure = new IOException("the history cannot be read: manifest damaged");
        await AssertProblemAsync(http, "", HttpStatusCode.ServiceUnavailable, "manifest damaged");
    }

    [Fact]
    public async Task GetDatasets_SinkHasAProblem_SaysItInsteadOfNotFound()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        await AssertDatasetsAsync(HttpStatusCode.NotFound, "has no history");

        gateway.Sinks = new HistoryStatus(null, [new SinkStatus("parquet", 0, 0, 12, "the folder is not writable")], []);
        await AssertDatasetsAsync(HttpStatusCode.ServiceUnavailable, "the folder is not writable");

        gateway.Sinks = gateway.Sinks with { Datasets = [new DatasetStatus("trades", 0, 0, 0, null, null, null, 30, "its manifest is damaged")] };
        await AssertDatasetsAsync(HttpStatusCode.OK, "its manifest is damaged");

        gateway.Sinks = new HistoryStatus(null, [new SinkStatus("timescale", 0, 0, 0, null)], []);
        await AssertDatasetsAsync(HttpStatusCode.NotFound, "has no history");

        async Task AssertDatasetsAsync(HttpStatusCode status, string expected)
        {
            using var answer = await http.GetAsync("/api/v1/history/datasets", TestContext.Current.CancellationToken);
            Assert.Contains(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Get_WithoutTheKey_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient();

        using var answer = await http.GetAsync("/api/v1/history/trades", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Null(gateway.History.Last);
    }

    private static async Task AssertProblemAsync(HttpClient http, string query, HttpStatusCode status, string expected)
    {
        using var answer = await http.GetAsync($"/api/v1/history/trades?{query}", TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
