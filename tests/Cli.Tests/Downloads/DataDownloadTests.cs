using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BtcAgent.Cli.Downloads;
using BtcAgent.Research.Archives;

namespace BtcAgent.Cli.Tests.Downloads;

public sealed class DataDownloadTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2024, 2, 2, 12, 0, 30, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-download-");
    private readonly LoopbackVenue _venue = new();
    private readonly InstantTime _time = new(Now);

    public async ValueTask DisposeAsync()
    {
        await _venue.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Download_MonthDayAndToday_ComeFromArchiveAndApi()
    {
        Publish("data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01.zip", Bars(new(2024, 1, 1), 10));
        Publish("data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-02-01.zip", Bars(new(2024, 2, 1), 5));
        _venue.Api = target => target.StartsWith("/api/v3/klines?symbol=BTCUSDT&interval=1m", StringComparison.Ordinal) ? KlinesPage(target) : null;

        using var json = Download("--kind", "klines", "--from", "2024-01-01", "--to", "2024-02-02");
        Assert.Equal(
            [("BTCUSDT-1m-2024-01.zip", "archive"), ("BTCUSDT-1m-2024-02-01.zip", "archive"), ("BTCUSDT-1m-2024-02-02.csv", "rest")],
            Files(json));

        // 1,440 bars come in two pages; those from 12:00 on are still open or in the future.
        var bars = ArchiveFile.Read(Path.Combine(_folder.FullName, "BTCUSDT-1m-2024-02-02.csv"), ArchiveKind.Klines, _ => { }).ToList();
        Assert.Equal((720, 720), (bars.Count, bars.Select(bar => bar.FirstId).Distinct().Count()));
        Assert.Equal(2, _venue.Requests.Count(request => request.StartsWith("/api/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Download_Again_AsksForChecksumsOnly()
    {
        Publish("data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-02-01.zip", "1,2,3,6,1706745600000,True,True\n");
        string[] what = ["--kind", "trades", "--from", "2024-02-01", "--to", "2024-02-01"];
        Download(what).Dispose();
        _venue.Requests.Clear();
        using var json = Download(what);
        Assert.Equal([("BTCUSDT-trades-2024-02-01.zip", "present")], Files(json));
        Assert.Equal(["/data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-02-01.zip.CHECKSUM"], _venue.Requests);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Download_Interrupted_ContinuesItsPart(double share)
    {
        const string Path = "data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-02-01.zip";
        var content = Publish(Path, "1,2,3,6,1706745600000,True,True\n");
        var have = (int)(content.Length * share);
        File.WriteAllBytes(System.IO.Path.Combine(_folder.FullName, "BTCUSDT-trades-2024-02-01.zip.part"), content[..have]);
        Download("--kind", "trades", "--from", "2024-02-01", "--to", "2024-02-01").Dispose();
        Assert.Equal($"/{Path} bytes={have}-", _venue.Requests[^1]);
        Assert.Equal(content, File.ReadAllBytes(Assert.Single(_folder.GetFiles()).FullName));
    }

    [Fact]
    public void Download_PartOfAnotherFile_BeginsAgain()
    {
        var content = Publish("data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-02-01.zip", "1,2,3,6,1706745600000,True,True\n");
        File.WriteAllBytes(Path.Combine(_folder.FullName, "BTCUSDT-trades-2024-02-01.zip.part"), [1, 2, 3]);
        Download("--kind", "trades", "--from", "2024-02-01", "--to", "2024-02-01").Dispose();
        Assert.Equal(content, File.ReadAllBytes(Assert.Single(_folder.GetFiles()).FullName));
    }

    [Fact]
    public void Download_WrongChecksum_IsRefusedAndLeavesNoFile()
    {
        const string Path = "data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-02-01.zip";
        Publish(Path, "1,2,3,6,1706745600000,True,True\n");
        _venue.Files[$"/{Path}"][^1] ^= 1;
        var (code, _, error) = Run("--kind", "trades", "--from", "2024-02-01", "--to", "2024-02-01");
        Assert.Equal(3, code);
        Assert.Contains("the download is damaged, run the command again later", error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Download_VenueSlowsDown_WaitsAsItWishes()
    {
        Publish("data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2024-02-01.zip", "1,2,3,6,1706745600000,True,True\n");
        _venue.Refusals.Enqueue((429, "7"));
        _venue.Refusals.Enqueue((418, "90"));
        _venue.Refusals.Enqueue((503, "0"));
        _venue.Weight = 3_000;
        Download("--kind", "trades", "--from", "2024-02-01", "--to", "2024-02-01").Dispose();

        // The last is to the next minute, because of the weight.
        Assert.Equal([7, 90, 8, 30], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(3, "the archive has no trades of BTCUSDT on 2024-02-01", "--kind", "trades", "--from", "2024-02-01", "--to", "2024-02-01")]
    [InlineData(2, "--from must be a day such as 2024-08-01, not 'yesterday'", "--kind", "klines", "--from", "yesterday", "--to", "2024-02-01")]
    [InlineData(2, "--to 2024-01-01 is before --from 2024-02-01", "--kind", "klines", "--from", "2024-02-01", "--to", "2024-01-01")]
    [InlineData(2, "--interval '2x' is not of the form", "--kind", "klines", "--interval", "2x", "--from", "2024-02-01", "--to", "2024-02-01")]
    public void Download_CannotBe_SaysWhy(int expectedCode, string expected, params string[] arguments)
    {
        var (code, _, error) = Run(arguments);
        Assert.Equal(expectedCode, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Download_AggTradesOfToday_FollowTheIds()
    {
        var start = new DateTimeOffset(2024, 2, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        _venue.Api = target => target.Contains("/api/v3/aggTrades", StringComparison.Ordinal)
            ? AggTrades(target.Contains("fromId=1001", StringComparison.Ordinal) ? Enumerable.Range(1_001, 3) : Enumerable.Range(1, 1_000), start)
            : null;
        using var json = Download("--kind", "aggTrades", "--from", "2024-02-02", "--to", "2024-02-02");
        var rows = ArchiveFile.Read(Path.Combine(_folder.FullName, "BTCUSDT-aggTrades-2024-02-02.csv"), ArchiveKind.AggTrades, _ => { }).ToList();
        Assert.Equal((1_003, 1_003L, Side.Sell), (rows.Count, rows[^1].LastId, rows[0].Aggressor));
    }

    private static string AggTrades(IEnumerable<int> ids, long start) => $"[{string.Join(',', ids.Select(id =>
        $$"""{"a":{{id}},"p":"42000.1","q":"0.5","f":{{id}},"l":{{id}},"T":{{start + id}},"m":true,"M":true}"""))}]";

    private static string KlinesPage(string target)
    {
        var from = long.Parse(target.Split("startTime=")[1], CultureInfo.InvariantCulture);
        var first = (from + 59_999) / 60_000 * 60_000;
        var end = long.Parse(target.Split("endTime=")[1].Split('&')[0], CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, 1_000).Select(i => first + (i * 60_000L)).Where(open => open <= end)
            .Select(open => $"""[{open},"1.5","2","1","1.5","3",{open + 59_999},"4.5",7,"1","1.5","0"]""");
        return $"[{string.Join(',', rows)}]";
    }

    private static string Bars(DateTime day, int count)
    {
        var start = new DateTimeOffset(day, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return string.Concat(Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{start + (i * 60_000L)},1.5,2,1,1.5,3,{start + (i * 60_000L) + 59_999},4.5,7,1,1.5,0\n")));
    }

    private static List<(string, string)> Files(JsonDocument json) => [.. json.RootElement.GetProperty("files").EnumerateArray()
        .Select(file => (Path.GetFileName(file.GetProperty("file").GetString()!), file.GetProperty("origin").GetString()!))];

    /// <summary>Puts a zip and its checksum on the server.</summary>
    private byte[] Publish(string path, string csv)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(Path.ChangeExtension(Path.GetFileName(path), ".csv")).Open())
        {
            entry.Write(Encoding.UTF8.GetBytes(csv));
        }

        var content = bytes.ToArray();
        _venue.Files[$"/{path}"] = content;
        _venue.Files[$"/{path}.CHECKSUM"] = Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(content))}  {Path.GetFileName(path)}\n");
        return content;
    }

    private JsonDocument Download(params string[] arguments)
    {
        var (code, output, error) = Run([.. arguments, "--json"]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output);
    }

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = new DataDownloadCommand(_time)
            .Parse(["--symbol", "BTCUSDT", "--archive", _venue.Url, "--rest", _venue.Url, "--out", _folder.FullName, .. arguments])
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
