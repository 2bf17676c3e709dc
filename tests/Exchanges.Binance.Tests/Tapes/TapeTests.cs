using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Exchanges.Binance.Tests.Tapes;

public sealed class TapeTests : IDisposable
{
    private const long Start = 1_700_000_000_000_000_000;
    private static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");
    private readonly string _folder = Directory.CreateTempSubdirectory("tape").FullName;
    private readonly List<string> _problems = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TryRead_WrittenTape_GivesTheSameFrames()
    {
        var path = Path.Combine(_folder, "a.gz");
        using (var writer = new TapeWriter(path))
        {
            for (var i = 0; i < Tests.Frames.Samples.All.Count; i++)
            {
                writer.Append(new Timestamp(Start + i), Tests.Frames.Samples.Bytes(Tests.Frames.Samples.All[i]));
            }

            writer.Append(new Timestamp(Start + 100), "{\n\"a\":\n1}"u8);
        }

        Assert.Equal(
            Tests.Frames.Samples.All.Select((frame, i) => (Start + i, frame)).Append((Start + 100, "{ \"a\": 1}")),
            Read(path));
        Assert.Empty(_problems);
    }

    [Fact]
    public void TryRead_WriterKilled_GivesEverythingUpToTheLastFlush()
    {
        var path = Path.Combine(_folder, "a.gz");
        using var writer = new TapeWriter(path);
        var frame = Tests.Frames.Samples.Bytes(Tests.Frames.Samples.Trade);
        for (var i = 0; i < 10; i++)
        {
            writer.Append(new Timestamp(Start + (i * Timestamp.NanosecondsPerSecond / 2)), frame);
        }

        var cut = Path.Combine(_folder, "cut.gz");
        File.Copy(path, cut);

        Assert.InRange(Read(cut).Count, 9, 10);
        Assert.Contains("is cut off", Assert.Single(_problems));
    }

    [Fact]
    public void TryRead_TruncatedAnywhere_GivesAPrefixAndSaysSo()
    {
        var lines = Enumerable.Range(0, 50).Select(i => $"{Start + i} {{\"n\":{i * i}}}").ToArray();
        var whole = File.ReadAllBytes(Write("a.gz", lines));
        for (var length = 2; length < whole.Length; length++)
        {
            _problems.Clear();
            var path = Path.Combine(_folder, "cut.gz");
            File.WriteAllBytes(path, whole[..length]);

            var frames = Read(path);
            Assert.Equal(lines.Take(frames.Count), frames.Select(frame => $"{frame.Time} {frame.Json}"));
            Assert.Contains("cut.gz", Assert.Single(_problems));
        }
    }

    [Fact]
    public void TryRead_CorruptByte_IsReportedOnceAndTheNextTapeFollows()
    {
        var broken = Write("a.gz", [.. Enumerable.Range(0, 500).Select(i => $"{Start + i} {{\"n\":{i * i}}}")]);
        var bytes = File.ReadAllBytes(broken);
        bytes[bytes.Length / 2] ^= 0x55;
        File.WriteAllBytes(broken, bytes);
        var good = Write("b.gz", $"{Start + 1_000} {{\"last\":1}}");

        Assert.Equal("{\"last\":1}", Read(broken, good)[^1].Json);
        Assert.Contains(_problems, problem => problem.Contains("a.gz") && problem.Contains("record the tape again"));
    }

    [Fact]
    public void TryRead_FilesJoinedEndToEnd_AreWhole()
    {
        var first = File.ReadAllBytes(Write("a.gz", $"{Start} {{}}"));
        var second = File.ReadAllBytes(Write("b.gz", $"{Start + 1} {{\"x\":1}}", $"{Start + 2} {{}}"));
        var joined = Path.Combine(_folder, "c.gz");
        File.WriteAllBytes(joined, [.. first, .. second]);

        Assert.Equal(3, Read(joined).Count);
        Assert.Empty(_problems);
    }

    [Fact]
    public void TryRead_BadLines_AreNamedByFileAndLineAndPassedOver()
    {
        var path = Write("a.gz", $"{Start} {{}}", "hello", "123 {}", $"{Start + 1}", "", $"{Start + 2} {{\"x\":1}}");

        Assert.Equal([Start, Start + 2], Read(path).Select(frame => frame.Time));
        Assert.Equal(3, _problems.Count);
        Assert.Contains("a.gz line 2: expected '<receive time in ns since 1970> <frame>', found 'hello'", _problems[0]);
    }

    [Fact]
    public void TryRead_TimeGoesBack_IsReportedAndRaised()
    {
        var path = Write("a.gz", $"{Start + 5} {{}}", $"{Start + 3} {{}}", $"{Start + 6} {{}}");

        Assert.Equal([Start + 5, Start + 5, Start + 6], Read(path).Select(frame => frame.Time));
        Assert.Contains("a.gz line 2: receive time", Assert.Single(_problems));
    }

    [Fact]
    public void TapeReader_UnusableFiles_SayWhatToGive()
    {
        var text = Path.Combine(_folder, "text.gz");
        File.WriteAllText(text, "hello");
        var early = Write("early.gz", $"{Start} {{}}");
        var late = Write("late.gz", $"{Start + 1} {{}}");

        Assert.Contains("is not a tape", Assert.Throws<MarketFeedException>(() => Read(text)).Message);
        Assert.Contains("cannot be opened", Assert.Throws<MarketFeedException>(() => Read(Path.Combine(_folder, "none.gz"))).Message);
        Assert.Contains("give the tapes in the order of time", Assert.Throws<MarketFeedException>(() => Read(late, early)).Message);
        Assert.Contains("at least one tape", Assert.Throws<MarketFeedException>(() => Read()).Message);
    }

    [Fact]
    public async Task RunAsync_TwiceTheSpeed_EventsComeInHalfTheTime()
    {
        var time = new FakeTimeProvider();
        var second = Tests.Frames.Samples.Trade.Replace("\"t\":42", "\"t\":43");
        var path = Write("a.gz", $"{Start} {Tests.Frames.Samples.Trade}", $"{Start + (2 * Timestamp.NanosecondsPerSecond)} {second}");
        var sink = new CollectingSink();

        var running = NewFeed(time, 2, path).RunAsync(Instrument, sink, CancellationToken.None);
        Assert.Equal(42, (await sink.NextAsync()).LastId);
        time.Advance(TimeSpan.FromSeconds(0.99));
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.01));
        await running;

        Assert.Equal(43, (await sink.NextAsync()).LastId);
    }

    [Fact]
    public async Task RunAsync_FullSpeed_PlaysWhatDecodedTapeHolds()
    {
        var path = RecordedData.Require("ws-spot-2024/spot_btcusdt_20240808.gz");
        var sink = new CollectingSink();

        await NewFeed(TimeProvider.System, 0, path).RunAsync(Instrument, sink, CancellationToken.None);

        Assert.Equal(
            DecodedTape.Load(Instrument, [path]).Events.Select(decoded => decoded with { LevelsStart = 0 }), sink.Handed);
    }

    [Fact]
    public async Task RunAsync_RefusedFrames_ReachTheSinkWithTheirLine()
    {
        var path = Write("a.gz", $"{Start} {{\"e\":\"news\"}}", "junk", $"{Start} {Tests.Frames.Samples.Trade}");
        var sink = new CollectingSink();
        var feed = NewFeed(TimeProvider.System, 0, path);

        await feed.RunAsync(Instrument, sink, CancellationToken.None);

        Assert.Equal(2, sink.Refusals.Count);
        Assert.Contains("a.gz line 1: Binance frame of unknown kind: event type \"news\"", sink.Refusals[0]);
        Assert.Equal((1, 1, 1), (feed.Statistics.Trades, feed.Statistics.Refusals, feed.Statistics.BadLines));
    }

    [Fact]
    public void TapeRecorder_NewDay_StartsANewTape()
    {
        using (var recorder = new TapeRecorder(_folder, Instrument, _problems.Add))
        {
            recorder.Append(new Timestamp(Start), "{}"u8);
            recorder.Append(new Timestamp(Start) + TimeSpan.FromDays(1), "{}"u8);
        }

        Assert.Equal(
            ["binance_btcusdt_20231114T221320Z.gz", "binance_btcusdt_20231115T221320Z.gz"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        Assert.Empty(_problems);
    }

    [Fact]
    public void TapeRecorder_FolderIsAFile_SaysWhichOptionToSet()
    {
        var file = Write("a.gz", "x");

        Assert.Contains(
            "Binance:RecordTo",
            Assert.Throws<MarketFeedException>(() => new TapeRecorder(file, Instrument, _problems.Add)).Message);
    }

    private static TapeFeed NewFeed(TimeProvider time, double speed, string path)
    {
        var options = new TapeOptions { Speed = speed };
        options.Paths.Add(path);
        return new TapeFeed(Options.Create(options), time);
    }

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        using var gzip = new GZipStream(File.Create(path), CompressionMode.Compress);
        gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return path;
    }

    private List<(long Time, string Json)> Read(params string[] paths)
    {
        using var reader = new TapeReader(paths, _problems.Add);
        var frames = new List<(long, string)>();
        while (reader.TryRead(out var time, out var frame))
        {
            frames.Add((time.UnixNanoseconds, Encoding.UTF8.GetString(frame)));
        }

        return frames;
    }
}
