using System.CommandLine;
using System.IO.Compression;
using System.Text;

namespace BtcAgent.Cli.Tests.Inputs;

/// <summary>Tapes that do not fit, through the command line: each is reported in one line with counts.</summary>
public sealed class TapeCaseTests : IDisposable
{
    private const long Start = 1_723_075_200_000_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-tapes-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Backtest_TapeOfAnotherSymbol_IsRefusedAndNamesIt() => AssertRefused(
        [Trade("ETHUSDT", 1), Trade("ETHUSDT", 2), Quote("ETHUSDT", 2_500)],
        "the tape has no frame of BTCUSDT, only of ETHUSDT (3 frames): name one with --instrument BINANCE:ETHUSDT");

    [Theory]
    [InlineData(1_000_000, "the receive time is in milliseconds, a tape has nanoseconds: multiply it by 1000000")]
    [InlineData(1_000, "the receive time is in microseconds, a tape has nanoseconds: multiply it by 1000")]
    [InlineData(1_000_000_000, "the receive time is in seconds, a tape has nanoseconds: multiply it by 1000000000")]
    public void Backtest_TapeInAnotherUnit_IsRefusedOnceForAllLines(long divisor, string expected)
    {
        var error = AssertRefused([.. Enumerable.Range(1, 50).Select(i => Trade("BTCUSDT", i))], expected, divisor);
        Assert.Contains("(and 49 more for this reason)", error, StringComparison.Ordinal);
        Assert.True(error.Split('\n').Length < 8, error);
    }

    [Fact]
    public void Backtest_TapeWithoutSnapshot_SaysSoWithItsDepthUpdates()
    {
        var (code, _, error) = Run([Quote("BTCUSDT", 60_000), Depth(100), Depth(101), Trade("BTCUSDT", 1)]);
        Assert.Equal(0, code);
        Assert.Contains("the tape has no snapshot of BTCUSDT: 2 depth updates cannot be applied", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_TapeOfDepthAlone_IsRefused() =>
        AssertRefused([Depth(100), Depth(101)], "the tape has 2 depth updates of BTCUSDT, but no trade, no quote and no usable snapshot");

    [Fact]
    public void Backtest_TapeOfTwoSymbols_NamesTheOtherAndRefusesItsSnapshot()
    {
        var (code, _, error) = Run(
        [
            Snapshot(2_500), Quote("ETHUSDT", 2_500), Quote("BTCUSDT", 60_000), Snapshot(60_000), Quote("BTCUSDT", 60_001), Trade("ETHUSDT", 1),
        ]);
        Assert.Equal(0, code);
        Assert.Contains("the tape contains other symbols, skipped: ETHUSDT (2 frames)", error, StringComparison.Ordinal);
        Assert.Contains("1 of 2 snapshots are refused", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_ManyBadFrames_AreOneLineForEachReason()
    {
        var (code, _, error) = Run(
        [
            Quote("BTCUSDT", 60_000),
            .. Enumerable.Range(1, 500).Select(i => Trade("BTCUSDT", i).Replace("\"q\":\"0.1\"", "\"q\":\"-0.1\"", StringComparison.Ordinal)),
        ]);
        Assert.Equal(0, code);
        Assert.Contains("(and 499 more for this reason)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Backtest_TapeWithTallies_RunsAndNamesTheirFile()
    {
        var posts = Write(Tally(1), Tally(2));
        var (code, output, error) = Run([.. Enumerable.Range(0, 5).Select(i => Quote("BTCUSDT", 60_000 + i)), Trade("BTCUSDT", 1)], more: ["--sentiment", posts]);
        Assert.True(code == 0, error);
        Assert.Contains("8 events of tape.gz, posts.jsonl", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line 2: not a tally of posts", "{\"number\":")]
    [InlineData("line 2: number 1723075201000 is that of the tally before", null)]
    public void Backtest_TalliesThatAreWrong_AreRefusedWithTheLine(string expected, string? second)
    {
        var (code, output, error) = Run([Quote("BTCUSDT", 60_000)], more: ["--sentiment", Write(Tally(1), second ?? Tally(1))]);
        Assert.Equal("", output);
        Assert.NotEqual(0, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Equal(1, error.TrimEnd().Split('\n').Count(line => line.Contains("posts.jsonl", StringComparison.Ordinal)));
    }

    [Fact]
    public void Backtest_TalliesWithoutATape_AreRefused()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = CommandTree.Invoke(
            ["backtest", "--bars", "absent.csv", "--sentiment", Write(Tally(1))],
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        Assert.Equal(2, code);
        Assert.Contains("--sentiment needs --tape", error.ToString(), StringComparison.Ordinal);
    }

    private static string Tally(int second) => $"{{\"number\":{(Start / 1_000_000) + (second * 1_000)},\"knownAtNs\":{Start + (second * 1_000_000_000L)},\"posts\":1}}";

    private string Write(params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, "posts.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    private string AssertRefused(string[] frames, string expected, long divisor = 1)
    {
        var (code, output, error) = Run(frames, divisor);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        return error;
    }

    private (int Code, string Output, string Error) Run(string[] frames, long divisor = 1, string[]? more = null)
    {
        var path = Path.Combine(_folder.FullName, "tape.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            for (var i = 0; i < frames.Length; i++)
            {
                gzip.Write(Encoding.UTF8.GetBytes($"{(Start + (i * 1_000_000_000L)) / divisor} {frames[i]}\n"));
            }
        }

        var (output, error) = (new StringWriter(), new StringWriter());
        var code = CommandTree.Invoke(
            ["backtest", "--tape", path, "--strategy", "flow-momentum", "--json", .. more ?? []],
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }

    private static string Trade(string symbol, long id) =>
        $$$"""{"stream":"x@trade","data":{"e":"trade","E":1723075200000,"s":"{{{symbol}}}","t":{{{id}}},"p":"60000.0","q":"0.1","T":1723075200000,"m":true,"M":true}}""";

    private static string Quote(string symbol, int price) =>
        $$$"""{"stream":"x@bookTicker","data":{"u":{{{price}}},"s":"{{{symbol}}}","b":"{{{price}}}.0","B":"1.0","a":"{{{price}}}.1","A":"1.0"}}""";

    private static string Depth(long id) =>
        $$$"""{"stream":"x@depth@100ms","data":{"e":"depthUpdate","E":1723075200200,"s":"BTCUSDT","U":{{{id}}},"u":{{{id}}},"b":[["59999.0","1.0"]],"a":[]}}""";

    private static string Snapshot(int price) =>
        $$$"""{"lastUpdateId":{{{price}}},"bids":[["{{{price}}}.0","1.0"]],"asks":[["{{{price}}}.1","1.0"]]}""";
}
