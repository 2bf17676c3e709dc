using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Client.Tests.Access;

namespace BtcAgent.Client.Tests.Api;

/// <summary>Answers to an unreadable body or query: the field, the value and what is expected.</summary>
public sealed class UnreadableRequestTests
{
    private const string Order = """{"requestId":"a","portfolio":"main","instrument":"BINANCE:BTCUSDT","side":"buy","type":"market","quantity":"0.5"}""";

    [Theory]
    [InlineData("", 400, "the body is empty: send JSON, an object with requestId, portfolio, instrument, side, type, quantity")]
    [InlineData("{\"requestId\":", 400, "the body is not JSON (line 1, byte 14): send an object with requestId")]
    [InlineData("null", 400, "the body is null: send an object with requestId")]
    [InlineData("[1]", 400, "the body is [1]: send an object with requestId")]
    [InlineData("{}", 400, "requestId is missing: expected a text; portfolio is missing: expected a text")]
    public async Task Post_BodyThatIsNoObject_SaysWhatCameAndWhatIsWanted(string body, int status, string expected) =>
        await RefusedAsync(HttpMethod.Post, "/api/v1/orders", body, status, expected);

    [Theory]
    [InlineData("\"quantity\":\"0.5\"", "\"quantity\":0.5", "quantity is 0.5: expected a quantity as text, such as \"0.01\"")]
    [InlineData("\"quantity\":\"0.5\"", "\"quantity\":\"half\"", "quantity is \"half\": expected a quantity as text")]
    [InlineData("\"side\":\"buy\"", "\"side\":\"up\"", "side is \"up\": expected one of buy, sell")]
    [InlineData("\"side\":\"buy\"", "\"side\":7", "side is 7: expected one of buy, sell")]
    [InlineData("\"side\":\"buy\"", "\"side\":1", "side is 1: expected one of buy, sell")]
    [InlineData("\"side\":\"buy\"", "\"side\":\"1\"", "side is \"1\": expected one of buy, sell")]
    [InlineData("\"side\":\"buy\"", "\"side\":\"buy,sell\"", "side is \"buy,sell\": expected one of buy, sell")]
    [InlineData("\"type\":\"market\"", "\"type\":\"market, limit\"", "type is \"market, limit\": expected one of market, limit")]
    [InlineData("\"side\":\"buy\",", "", "side is missing: expected one of buy, sell")]
    [InlineData("\"type\":\"market\"", "\"type\":{\"x\":1}", "type is {\"x\":1}: expected one of market, limit")]
    [InlineData("\"requestId\":\"a\"", "\"requestId\":null", "requestId is null: expected a text")]
    [InlineData("\"quantity\":\"0.5\"", "\"quantity\":\"0.5\",\"trailingDeltaBps\":\"wide\"", "trailingDeltaBps is \"wide\": expected a whole number")]
    [InlineData("\"quantity\":\"0.5\"", "\"quantity\":\"0.5\",\"trailingDeltaBps\":3000000000",
        "trailingDeltaBps is 3000000000: expected a whole number from -2147483648 to 2147483647")]
    public async Task Post_FieldThatCannotBeRead_SaysItsNameAndValue(string right, string wrong, string expected) =>
        await RefusedAsync(HttpMethod.Post, "/api/v1/orders", Order.Replace(right, wrong, StringComparison.Ordinal), 400, expected);

    /// <summary>Two roles together were the number of a third one.</summary>
    [Theory]
    [InlineData("\"viewer,trader\"")]
    [InlineData("3")]
    [InlineData("\"3\"")]
    public async Task Post_KeyWithARoleThatIsNoName_IsRefused(string role) => await RefusedAsync(
        HttpMethod.Post, "/api/v1/keys", $$"""{"name":"ada","role":{{role}},"reason":"a drill"}""", 400, $"role is {role}: expected one of viewer, trader, risk-manager, admin");

    [Fact]
    public async Task Post_ProposalWithAMistypedField_IsRefused() => await RefusedAsync(
        HttpMethod.Post, "/api/v1/confirmations", """{"command":"resume","portfolo":"main","reason":"a drill"}""", 400, "'portfolo' is not a field of this command: send an object with command");

    [Fact]
    public async Task Post_TrainingOfAnUnknownStrategy_NamesTheKnownOnes() => await RefusedAsync(
        HttpMethod.Post, "/api/v1/optimizer/run", """{"strategy":"nope","reason":"a drill"}""", 404, "strategy 'nope' does not exist; strategies are: ");

    [Fact]
    public async Task Post_BytesThatAreNotUtf8_SaysSo()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        using var content = new ByteArrayContent([.. "{\"requestId\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        using var answer = await http.PostAsync("/api/v1/orders", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.StartsWith("the body is not UTF-8: send JSON, an object with requestId", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Without a length, as most clients send a serialized object.</summary>
    [Fact]
    public async Task Post_ChunkedBodyWithoutAField_SaysWhichIsMissing() => await RefusedAsync(
        HttpMethod.Post, "/api/v1/orders", Order.Replace("\"side\":\"buy\",", "", StringComparison.Ordinal), 400, "side is missing: expected one of buy, sell", isChunked: true);

    /// <summary>Larger than what is kept to quote from.</summary>
    [Fact]
    public async Task Post_LargeBodyWithoutAField_DoesNotSayThatItIsNotJson() => await RefusedAsync(
        HttpMethod.Post,
        "/api/v1/orders",
        Order.Replace("\"side\":\"buy\",", "", StringComparison.Ordinal).Replace("{", "{" + new string(' ', 10_000), StringComparison.Ordinal),
        400,
        "the body cannot be read: send an object with requestId");

    /// <summary>A limit without a value was set to zero.</summary>
    [Fact]
    public async Task Put_LimitWithoutAValue_IsRefused() =>
        await RefusedAsync(HttpMethod.Put, "/api/v1/portfolios/main/limits/MaxSpreadBps", """{"reason":"because"}""", 400, "value is missing: expected a number");

    [Fact]
    public async Task Post_OtherContentType_SaysWhichIsWanted() => await RefusedAsync(
        HttpMethod.Post, "/api/v1/orders", Order, 415, "Content-Type is 'text/plain; charset=utf-8': send JSON, with Content-Type: application/json", "text/plain");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyAboveTheLimit_SaysTheLimit(bool isChunked) => await RefusedAsync(
        HttpMethod.Post, "/api/v1/orders", Order + new string(' ', GatewayServer.BodyBytesMax), 413, "the body is larger than 65536 bytes: send less", isChunked: isChunked);

    [Fact]
    public async Task Get_QueryThatCannotBeRead_SaysItsNameAndValue() =>
        await RefusedAsync(HttpMethod.Get, "/api/v1/orders?limit=abc", null, 400, "limit is 'abc': expected a whole number");

    [Fact]
    public async Task Get_WholeNumberTooLarge_SaysTheRange() => await RefusedAsync(
        HttpMethod.Get, "/api/v1/orders?limit=100000000000", null, 400,
        "limit is '100000000000': expected a whole number from -2147483648 to 2147483647");

    /// <summary>The halt would be for every portfolio.</summary>
    [Theory]
    [InlineData("control/halt?portfolio=main", "'portfolio' in the query is not known here: a command takes its fields as JSON in the body")]
    [InlineData("control/resume?x", "'x' in the query is not known here")]
    [InlineData("executions/accept-balances?portfolio=main", "'portfolio' in the query is not known here")]
    public async Task Post_QueryThatTheCommandDoesNotTake_IsRefused(string path, string expected) =>
        await RefusedAsync(HttpMethod.Post, $"/api/v1/{path}", """{"reason":"because"}""", 400, expected);

    private static async Task RefusedAsync(
        HttpMethod method, string path, string? body, int status, string expected, string contentType = "application/json", bool isChunked = false)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var http = gateway.NewClient(gateway.Key);
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType);

        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.StartsWith(expected, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("parameter", detail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("PlaceOrder", detail, StringComparison.Ordinal);
    }
}
