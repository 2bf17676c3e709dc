using BtcAgent.History.Metrics;
using BtcAgent.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Metrics;

public sealed class InfluxExportTests : IAsyncDisposable
{
    private readonly LoopbackInflux _server = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLog<InfluxExport> _log = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Send_FirstVersion_NamesDatabaseAndLogIn()
    {
        using var export = Export(new InfluxOptions { Url = _server.Url, Database = "btc agent", Username = "u", Password = "p" });
        await SendAsync(export, 2);
        var request = Assert.Single(_server.Requests);
        Assert.Equal(("/write?db=btc%20agent&precision=s", "Basic dTpw"), (request.Target, request.LogIn));
        Assert.Equal(["m v=0 0", "m v=1 1"], request.Lines);
    }

    [Fact]
    public async Task Send_SecondVersion_NamesBucketAndToken()
    {
        using var export = Export(new InfluxOptions { Url = $"{_server.Url}/", Bucket = "b", Org = "o", Token = "t1" });
        await SendAsync(export, 1);
        var request = Assert.Single(_server.Requests);
        Assert.Equal(("/api/v2/write?org=o&bucket=b&precision=s", "Token t1"), (request.Target, request.LogIn));
    }

    /// <summary>A proxy may answer with the request that it was sent.</summary>
    [Theory]
    [InlineData("b", "", "planted-token")]
    [InlineData("", "d", "dTpwbGFudGVkLXBhc3N3b3Jk")]
    [InlineData("", "d", "planted-password")]
    public async Task Send_ServerRepeatsTheRequest_TheLogDoesNot(string bucket, string database, string secret)
    {
        _server.Answers.Enqueue((500, null, $"{new string('x', 190)}{secret}"));
        using var export = Export(new InfluxOptions
        {
            Url = _server.Url,
            Bucket = bucket,
            Org = bucket,
            Database = database,
            Token = bucket.Length > 0 ? "planted-token" : "",
            Username = database.Length > 0 ? "u" : "",
            Password = database.Length > 0 ? "planted-password" : "",
        });
        await SendAsync(export, 1);

        var line = Assert.Single(_log.Entries).Text;
        Assert.Contains("is overloaded or failing", line, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[..6], line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ManyPoints_AreInBatches()
    {
        using var export = Export();
        await SendAsync(export, 12_000);
        Assert.Equal([5_000, 5_000, 2_000], _server.Requests.Select(request => request.Lines.Length));
    }

    [Fact]
    public async Task Send_TooManyRequests_WaitsAsLongAsTheServerWishes()
    {
        _server.Answers.Enqueue((429, "42", """{"code":"too many requests","message":"slow down"}"""));
        using var export = Export();
        await SendAsync(export, 3);
        _time.Advance(TimeSpan.FromSeconds(41));
        await export.SendAsync(default);
        Assert.Single(_server.Requests);
        _time.Advance(TimeSpan.FromSeconds(1));
        await export.SendAsync(default);
        Assert.Equal((2, 0), (_server.Requests.Count, export.Waiting));
        Assert.Equal(_server.Requests[0].Lines, _server.Requests[1].Lines);
        Assert.Collection(
            _log.Entries.Select(entry => entry.Text),
            text => Assert.Equal($"Metrics are kept and sent later: InfluxDB at {_server.Url} is overloaded or failing (429 slow down)", text),
            text => Assert.Contains("takes metrics again", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_ServerFailsAgainAndAgain_PausesGrowAndOneLineIsLogged()
    {
        using var export = Export();
        for (var i = 0; i < 8; i++)
        {
            _server.Answers.Enqueue((503, null, "busy"));
        }

        export.Take(["m v=1 1"]);
        var pauses = new List<int>();
        for (var (second, last) = (0, 0); _server.Requests.Count < 8; second++)
        {
            var before = _server.Requests.Count;
            await export.SendAsync(default);
            if (_server.Requests.Count > before)
            {
                pauses.Add(second - last);
                last = second;
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 60], pauses);
        Assert.Single(_log.Entries);
    }

    [Fact]
    public async Task Send_PartialWrite_IsDroppedAndReportedOnce()
    {
        const string Answer = """{"error":"partial write: field type conflict: input field \"v\" on measurement \"m\" is type float dropped=1"}""";
        _server.Answers.Enqueue((400, null, Answer));
        _server.Answers.Enqueue((400, null, Answer));
        using var export = Export();
        await SendAsync(export, 1);
        await SendAsync(export, 1);
        await SendAsync(export, 1);
        Assert.Equal((3, 0), (_server.Requests.Count, export.Waiting));
        var (level, _, text) = Assert.Single(_log.Entries);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("refuses points (400 partial write: field type conflict", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "refuses the log-in (401): correct Token of History:Influx")]
    [InlineData(404, "has no bucket 'b' of organisation '' (404 no): create it, or correct History:Influx")]
    [InlineData(302, "answers 302 no: is History:Influx:Url that of an InfluxDB?")]
    public async Task Send_Refused_KeepsThePointsAndTriesOnceAMinute(int status, string expected)
    {
        _server.Answers.Enqueue((status, null, "no"));
        using var export = Export();
        await SendAsync(export, 2);
        _time.Advance(TimeSpan.FromSeconds(59));
        await export.SendAsync(default);
        Assert.Equal((1, 2), (_server.Requests.Count, export.Waiting));
        var text = Assert.Single(_log.Entries).Text;
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", text, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(1));
        await export.SendAsync(default);
        Assert.Equal(0, export.Waiting);
    }

    [Fact]
    public async Task Send_TooLarge_HalvesTheBatch()
    {
        _server.Answers.Enqueue((413, null, ""));
        using var export = Export();
        await SendAsync(export, 100);
        Assert.Equal([100, 50, 50], _server.Requests.Select(request => request.Lines.Length));
        Assert.Equal(0, export.Waiting);
    }

    [Fact]
    public async Task Take_MoreThanWaitingMax_DropsTheOldest()
    {
        _server.Answers.Enqueue((503, "1", ""));
        using var export = Export(new InfluxOptions { Url = _server.Url, Bucket = "b", WaitingMax = 1_000 });
        await SendAsync(export, 10);
        export.Take(Enumerable.Range(100, 1_000).Select(i => $"m v={i} {i}"));
        Assert.Equal(1_000, export.Waiting);
        _time.Advance(TimeSpan.FromSeconds(1));
        await export.SendAsync(default);
        Assert.Equal("m v=100 100", _server.Requests[1].Lines[0]);
    }

    [Fact]
    public async Task Send_NoServer_KeepsThePointsAndSaysWhere()
    {
        using var export = Export(new InfluxOptions { Url = "http://127.0.0.1:1", Database = "d" });
        await SendAsync(export, 1);
        Assert.Equal(1, export.Waiting);
        Assert.Contains("InfluxDB at http://127.0.0.1:1 does not answer (", Assert.Single(_log.Entries).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://a", "b", "", "Url must be http://host:port")]
    [InlineData("http://u:secret@a:8086", "b", "", "Url must be http://host:port")]
    [InlineData("http://a:8086", "", "", "needs either Database (InfluxDB 1.x) or Bucket (2.x): set exactly one")]
    [InlineData("http://a:8086", "b", "d", "needs either Database (InfluxDB 1.x) or Bucket (2.x): set exactly one")]
    public void AddInfluxExport_WrongSettings_AreRefused(string url, string bucket, string database, string expected)
    {
        var e = Assert.Throws<OptionsValidationException>(() => Services(url, bucket, database).GetRequiredService<IOptions<InfluxOptions>>().Value);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddInfluxExport_NoUrl_IsOff()
    {
        Assert.Empty(Services("", "", "").GetServices<IHostedService>());
        using var on = Services("http://a:8086", "b", "");
        Assert.IsType<InfluxExport>(Assert.Single(on.GetServices<IHostedService>()));
        Assert.Equal($"{Environment.MachineName}/silo", on.GetRequiredService<IOptions<InfluxOptions>>().Value.Node);
    }

    private static ServiceProvider Services(string url, string bucket, string database) => new ServiceCollection().AddLogging()
        .AddInfluxExport(
            new ConfigurationBuilder().AddInMemoryCollection(
                [new("History:Influx:Url", url), new("History:Influx:Bucket", bucket), new("History:Influx:Database", database)]).Build(),
            "silo")
        .BuildServiceProvider();

    private InfluxExport Export(InfluxOptions? options = null)
    {
        options ??= new InfluxOptions { Url = _server.Url, Bucket = "b", Token = "secret-token" };
        return new InfluxExport(Options.Create(options), new InfluxWriter(options), _time, _log);
    }

    private static async Task SendAsync(InfluxExport export, int points)
    {
        export.Take(Enumerable.Range(0, points).Select(i => $"m v={i} {i}"));
        await export.SendAsync(default);
    }
}
