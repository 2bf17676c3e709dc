using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Log.Local;
using BtcAgent.History.Sinks;
using BtcAgent.History.Tests.Files;
using BtcAgent.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Log;

/// <summary>Damaged files of the log: each range of lost facts is known, stated once, and a gap of the history.</summary>
public sealed class LostFactsTests : IDisposable
{
    private const int PerRun = 30_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-lost-");
    private readonly FakeTimeProvider _time = new(HistoryFolder.Start);
    private readonly LineLogger<LocalFactLog> _logger = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Read_TwoRunsWithoutDamage_HasNoLostFacts()
    {
        await RunAsync();
        await using var log = await RunAgainAsync();
        var (names, lost) = await ReadAsync(log);
        Assert.Equal(Names(0, PerRun + 10), names);
        Assert.Empty(lost);
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public async Task Read_OneByteFlipped_LosesOneFact()
    {
        var files = await RunAsync();
        Overwrite(files[1], files[1].Length / 2, [.. ReadByte(files[1], files[1].Length / 2).Select(value => (byte)~value)]);
        await using var log = await RunAgainAsync();
        var (names, lost) = await ReadAsync(log);

        var only = Assert.Single(lost);
        Assert.Equal(1, only.To - only.From);
        Assert.Equal(Names(0, PerRun + 10).Except([$"n{only.From}"]), names);
        Assert.Contains($"has a damaged record at byte", Assert.Single(_logger.Lines), StringComparison.Ordinal);
        Assert.Contains($"the fact at offset {only.From} of agent_events is lost", _logger.Lines.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0L, "has 0 bytes, less than its header")]
    [InlineData(16L, "was shortened")]
    [InlineData(500_000L, "ends within a record at byte")]
    [InlineData(-1L, "ends within a record at byte")]
    public async Task Read_FileWasShortened_LosesTheRestOfThatFile(long length, string expected)
    {
        var files = await RunAsync();
        using (var file = files[1].Open(FileMode.Open))
        {
            file.SetLength(length < 0 ? file.Length + length : length);
        }

        await using var log = await RunAgainAsync();
        await AssertLostAsync(log, OffsetOf(files[2]), expected);
    }

    [Fact]
    public async Task Read_FileOverwrittenWithZeros_LosesTheRestOfThatFile()
    {
        var files = await RunAsync();
        Overwrite(files[1], 4_096, new byte[4_096]);
        await using var log = await RunAgainAsync();
        await AssertLostAsync(log, OffsetOf(files[2]), "at byte");
    }

    [Fact]
    public async Task Read_FileDeletedInTheMiddle_LosesItsFacts()
    {
        var files = await RunAsync();
        files[1].Delete();
        await using var log = await RunAgainAsync();
        await AssertLostAsync(log, OffsetOf(files[2]), "was shortened");
    }

    [Fact]
    public async Task Open_LastFileIsEmpty_LosesItsFactsAndUsesNoOffsetTwice()
    {
        var files = await RunAsync();
        using (var file = files[^1].Open(FileMode.Open))
        {
            file.SetLength(0);
        }

        await using var log = await RunAgainAsync();
        var (names, lost) = await ReadAsync(log);
        var only = Assert.Single(lost);
        Assert.Equal(OffsetOf(files[^1]), only.From);
        Assert.True(only.To > PerRun, $"the next run begins at {only.To}");
        Assert.Equal([.. Names(0, (int)only.From), .. Names(PerRun, 10)], names);
        Assert.Single(_logger.Lines);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(300, false)]
    [InlineData(0, true)]
    public async Task Read_FileBeingWrittenIsDamaged_ContinuesInAnotherFile(int keptBytes, bool isDeleted)
    {
        await using var log = Open();
        await PublishAsync(log, 0, 100);
        Assert.Equal(100, (await ReadAsync(log)).Names.Count);
        var file = Assert.Single(Files());
        if (isDeleted)
        {
            file.Delete();
        }
        else
        {
            using var open = file.Open(FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            open.SetLength(keptBytes);
        }

        var (before, _) = await ReadAsync(log);
        await PublishAsync(log, 100, 50);
        var (names, lost) = await ReadAsync(log);

        Assert.Equal([.. before, .. Names(100, 50)], names);
        Assert.Equal([new OffsetRange(before.Count, 100)], lost);
        Assert.Single(_logger.Lines);
    }

    [Fact]
    public async Task Run_FactsAreLostToTheSink_IsOneGapOfTheHistory()
    {
        var files = await RunAsync();
        Overwrite(files[0], 1_000, [1, 2, 3]);
        using (var file = files[1].Open(FileMode.Open))
        {
            file.SetLength(0);
        }

        await using var log = await RunAgainAsync();
        using var history = new HistoryFolder();
        await StoreAsync(log, history);
        await StoreAsync(log, history); // Nothing is new, and no gap is noted twice.

        var manifest = await history.ManifestAsync("risk");
        var partition = Assert.Single(log.Partitions([FactTopic.AgentEvents])).ToString();
        Assert.Equal(2, manifest.Lost.Count);
        Assert.Equal(1, manifest.Lost[0].To - manifest.Lost[0].From);
        Assert.Equal(new LostRange(partition, OffsetOf(files[1]), OffsetOf(files[2])), manifest.Lost[1]);
        Assert.Equal(PerRun + 10 - 1 - (OffsetOf(files[2]) - OffsetOf(files[1])), manifest.Files.Sum(file => file.Rows));
        Assert.Equal(2, _logger.Lines.Count);
    }

    [Fact]
    public async Task Run_UnreadableFact_IsAGapOfTheHistory()
    {
        var log = new Sinks.MemoryFactLog();
        log.Append(Contracts.Wire.FactMessages.Of(Fact(0)).Payload);
        log.Append([0xFF, 0xFF]);
        log.Append(Contracts.Wire.FactMessages.Of(Fact(1)).Payload);
        using var history = new HistoryFolder();
        await StoreAsync(log, history);

        Assert.Equal([new LostRange("memory/agent_events/0", 1, 2)], (await history.ManifestAsync("risk")).Lost);
    }

    private async Task AssertLostAsync(LocalFactLog log, long end, string expected)
    {
        var (names, lost) = await ReadAsync(log);
        var only = Assert.Single(lost);
        Assert.Equal(end, only.To);
        Assert.Equal([.. Names(0, (int)only.From), .. Names((int)end, PerRun + 10 - (int)end)], names);
        var line = Assert.Single(_logger.Lines);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.EndsWith($"the facts from offset {only.From} to {end - 1} of agent_events are lost to sinks that have not stored them", line, StringComparison.Ordinal);
        await ReadAsync(log);
        Assert.Single(_logger.Lines);
    }

    /// <summary>A run of the agent that fills several files.</summary>
    private async Task<List<FileInfo>> RunAsync()
    {
        await using var log = Open();
        for (var from = 0; from < PerRun; from += 1_000)
        {
            await PublishAsync(log, from, 1_000);
        }

        var files = Files();
        Assert.True(files.Count >= 3, $"{files.Count} files");
        return files;
    }

    private async Task<LocalFactLog> RunAgainAsync()
    {
        var log = Open();
        await PublishAsync(log, PerRun, 10);
        return log;
    }

    private LocalFactLog Open() =>
        LocalFactLog.Open(FactLogIdentity.Of("log-1"), new FactLogOptions { Folder = _folder.FullName, SegmentMb = 1 }, _time, _logger);

    private async Task StoreAsync(IFactLog log, HistoryFolder history)
    {
        await using var sink = history.Sink();
        var runner = new SinkRunner(log, sink, new SinkOptions(), _time, new LineLogger<SinkRunner>());
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(stop.Token);
        var caughtUp = runner.WhenCaughtUpAsync(Cancelled);
        await Eventually.TrueAsync(
            "the sink is up to date",
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(caughtUp.IsCompleted);
            },
            TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await running;
    }

    private List<FileInfo> Files() => [.. _folder.GetDirectories("agent_events")[0].GetFiles().OrderBy(file => file.Name)];

    private static long OffsetOf(FileInfo file) => long.Parse(Path.GetFileNameWithoutExtension(file.Name), System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] ReadByte(FileInfo file, long at)
    {
        using var open = file.OpenRead();
        open.Position = at;
        return [(byte)open.ReadByte()];
    }

    private static void Overwrite(FileInfo file, long at, byte[] bytes)
    {
        using var open = file.Open(FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        open.Position = at;
        open.Write(bytes);
    }

    private static async Task PublishAsync(LocalFactLog log, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            log.Publish(Fact(i));
        }

        await log.WhenWrittenAsync(Cancelled);
    }

    private static AgentEventFact Fact(int number) =>
        new(Domain.Facts.AgentEventKind.Feed, "BINANCE:BTCUSDT", $"n{number}", null, "connected", "feed", "a test", new Timestamp(number + 1));

    private static IEnumerable<string> Names(int from, int count) => Enumerable.Range(from, count).Select(i => $"n{i}");

    private static async Task<(List<string> Names, IReadOnlyList<OffsetRange> Lost)> ReadAsync(LocalFactLog log)
    {
        var partition = Assert.Single(log.Partitions([FactTopic.AgentEvents]));
        var names = new List<string>();
        var offset = 0L;
        for (; await log.ReadAsync(partition, offset, 777, Cancelled) is { Count: > 0 } entries; offset = entries[^1].Offset + 1)
        {
            names.AddRange(entries.Select(entry => AgentEvent.Parser.ParseFrom(entry.Payload.Span).Name));
        }

        return (names, log.LostBetween(partition, 0, offset));
    }
}
