using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Log.Local;
using BtcAgent.Storage.Embedded;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Log;

public sealed class LocalFactLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-facts-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Read_AfterPublishing_GivesTheFactsInOrder()
    {
        await using var log = Open();
        Publish(log, 0, 1000);
        await log.WhenWrittenAsync(Cancelled);
        Assert.Equal(Names(0, 1000), await NamesAsync(log));
        Assert.Equal((0, 1000), await log.BoundsAsync(Partition(log), Cancelled));
        Assert.Equal(TimeSpan.Zero, log.Lag);
    }

    [Fact]
    public async Task Open_Again_KeepsNameAndFactsAndNeverUsesAnOffsetTwice()
    {
        string name;
        long next;
        await using (var first = Open())
        {
            Publish(first, 0, 10);
            await first.WhenWrittenAsync(Cancelled);
            name = Partition(first).Log;
            next = (await first.BoundsAsync(Partition(first), Cancelled)).Next;
        }

        await using var second = Open("another");
        Publish(second, 10, 10);
        await second.WhenWrittenAsync(Cancelled);
        Assert.Equal(name, Partition(second).Log);
        Assert.Equal(Names(0, 20), await NamesAsync(second));
        var entries = await second.ReadAsync(Partition(second), next, 100, Cancelled);
        Assert.True(entries[0].Offset > next, $"offset {entries[0].Offset} after {next}");
        Assert.Equal(10, entries.Count);
    }

    [Fact]
    public async Task Open_FilesOfATopicWereDeleted_ContinuesAboveAllUsedOffsetsAndSaysSo()
    {
        long next;
        await using (var first = Open())
        {
            Publish(first, 0, 10);
            await first.WhenWrittenAsync(Cancelled);
            next = (await first.BoundsAsync(Partition(first), Cancelled)).Next;
        }

        Directory.Delete(Path.Combine(_folder.FullName, "agent_events"), recursive: true);
        var logger = new LineLogger<LocalFactLog>();
        await using var second = Open(logger: logger);
        Assert.Contains("The files of agent_events", Assert.Single(logger.Lines), StringComparison.Ordinal);
        var (begin, _) = await second.BoundsAsync(Partition(second), Cancelled);
        Assert.True(begin > next, $"begins at {begin}, and {next} was used");
        Publish(second, 10, 5);
        await second.WhenWrittenAsync(Cancelled);
        Assert.Equal(begin, Assert.Single((await second.ReadAsync(Partition(second), next, 1, Cancelled))).Offset);
        Assert.Equal(Names(10, 5), await NamesAsync(second));
    }

    [Fact]
    public async Task Open_NewestFileWasDeleted_ContinuesAboveAllUsedOffsetsAndSaysSo()
    {
        long used = 0;
        for (var run = 0; run < 2; run++)
        {
            await using var log = Open();
            Publish(log, 10 * run, 10);
            await log.WhenWrittenAsync(Cancelled);
            used = (await log.BoundsAsync(Partition(log), Cancelled)).Next;
        }

        File.Delete(Directory.GetFiles(Path.Combine(_folder.FullName, "agent_events")).Order(StringComparer.Ordinal).Last());
        var logger = new LineLogger<LocalFactLog>();
        await using var third = Open(logger: logger);
        Assert.Contains("The files of agent_events", Assert.Single(logger.Lines), StringComparison.Ordinal);
        Publish(third, 20, 5);
        await third.WhenWrittenAsync(Cancelled);

        Assert.True(Assert.Single(await third.ReadAsync(Partition(third), used, 1, Cancelled)).Offset > used);
        Assert.Equal([.. Names(0, 10), .. Names(20, 5)], await NamesAsync(third));
    }

    [Fact]
    public async Task Open_NameIsMissingBesideFiles_RefusesAndKeepsThem()
    {
        await using (var first = Open())
        {
            Publish(first, 0, 10);
            await first.WhenWrittenAsync(Cancelled);
        }

        File.Delete(Path.Combine(_folder.FullName, "log-name"));
        var e = Assert.Throws<EmbeddedStoreException>(() => Open());
        Assert.Contains("log-name' is missing beside its log", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "log-name")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public async Task Open_TailCutByACrash_LosesOnlyTheCutFact(int bytes)
    {
        await using (var log = Open())
        {
            Publish(log, 0, 10);
            await log.WhenWrittenAsync(Cancelled);
        }

        var file = Assert.Single(Files());
        await using (var stream = file.Open(FileMode.Open))
        {
            stream.SetLength(stream.Length - bytes);
        }

        await using var again = Open();
        Publish(again, 10, 5);
        await again.WhenWrittenAsync(Cancelled);
        Assert.Equal([.. Names(0, 9), .. Names(10, 5)], await NamesAsync(again));
    }

    [Fact]
    public async Task Read_DamageWithinASegment_ContinuesAtTheNextSegmentAndSaysSo()
    {
        await using var log = Open(logger: _logger);
        for (var i = 0; i < 3; i++)
        {
            Publish(log, i * 20_000, 20_000);
            await log.WhenWrittenAsync(Cancelled);
        }

        var files = Files();
        Assert.True(files.Count > 1);
        await using (var stream = files[0].Open(FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.Position = stream.Length / 2;
            stream.Write(new byte[100]);
        }

        var names = await NamesAsync(log);
        Assert.InRange(names.Count, 20_000, 59_999);
        Assert.Equal("n59999", names[^1]);
        Assert.Contains(_logger.Lines, line => line.Contains(files[0].Name, StringComparison.Ordinal) && line.Contains("byte", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_BeyondTheRetention_DeletesTheOldestFacts()
    {
        await using var log = Open(options => (options.RetainMb, options.SegmentMb) = (1, 1));
        for (var i = 0; i < 4; i++)
        {
            Publish(log, i * 20_000, 20_000);
            await log.WhenWrittenAsync(Cancelled);
            _time.Advance(TimeSpan.FromSeconds(11));
        }

        await Eventually.TrueAsync("the log is small", () => Task.FromResult(log.Bytes <= 2 * 1024 * 1024), TimeSpan.FromSeconds(10));
        var (first, _) = await log.BoundsAsync(Partition(log), Cancelled);
        Assert.True(first > 0);
        Assert.True(log.TrimmedBytes > 0);
        Assert.Equal($"n{first}", (await NamesAsync(log))[0]);
    }

    [Fact]
    public async Task Publish_FolderGone_KeepsTheFactsUntilItCanWriteAgain()
    {
        await using var log = Open();
        var topic = Path.Combine(_folder.FullName, "agent_events");
        Directory.Delete(topic);
        Publish(log, 0, 5);
        await Eventually.TrueAsync("the problem is stated", () => Task.FromResult(log.Problem is not null), TimeSpan.FromSeconds(10));
        Directory.CreateDirectory(topic);
        await Eventually.TrueAsync(
            "the facts are written",
            async () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return (await NamesAsync(log)).Count == 5;
            },
            TimeSpan.FromSeconds(10));
        Assert.Equal(0, log.Dropped);
    }

    private readonly LineLogger<LocalFactLog> _logger = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private LocalFactLog Open(Action<FactLogOptions>? change = null, LineLogger<LocalFactLog>? logger = null) => Open("log-1", change, logger);

    private LocalFactLog Open(string name, Action<FactLogOptions>? change = null, LineLogger<LocalFactLog>? logger = null)
    {
        var options = new FactLogOptions { Folder = _folder.FullName, SegmentMb = 1 };
        change?.Invoke(options);
        return LocalFactLog.Open(FactLogIdentity.Of(name), options, _time, logger is null ? NullLogger<LocalFactLog>.Instance : logger);
    }

    private static LogPartition Partition(LocalFactLog log) => Assert.Single(log.Partitions([FactTopic.AgentEvents]));

    private static void Publish(LocalFactLog log, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            log.Publish(new AgentEventFact(Domain.Facts.AgentEventKind.Feed, "BINANCE:BTCUSDT", $"n{i}", null, "connected", "feed", "a test", new Timestamp(i + 1)));
        }
    }

    private static IEnumerable<string> Names(int from, int count) => Enumerable.Range(from, count).Select(i => $"n{i}");

    private List<FileInfo> Files() => [.. _folder.GetDirectories("agent_events")[0].GetFiles().OrderBy(file => file.Name)];

    private static async Task<List<string>> NamesAsync(LocalFactLog log)
    {
        var names = new List<string>();
        for (var offset = 0L; ;)
        {
            var entries = await log.ReadAsync(Partition(log), offset, 777, Cancelled);
            if (entries.Count == 0)
            {
                return names;
            }

            names.AddRange(entries.Select(entry => AgentEvent.Parser.ParseFrom(entry.Payload.Span).Name));
            offset = entries[^1].Offset + 1;
        }
    }
}
