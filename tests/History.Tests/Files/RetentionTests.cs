using BtcAgent.Contracts.Wire.V1;
using BtcAgent.History.Files;
using BtcAgent.History.Sinks;

namespace BtcAgent.History.Tests.Files;

public sealed class RetentionTests : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Flush_DayIsOver_MergesItsFilesSorted()
    {
        _folder.Options.MergeFiles = 1_000;
        var facts = RecordedMarket.Facts(RecordedMarket.Tape());
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(sink, RecordedMarket.Partition, facts[..^1], batch: 100);
        Assert.True((await _folder.ManifestAsync("trades")).Files.Count > 5);

        _folder.Time.Advance(TimeSpan.FromHours(2));
        await sink.FlushAsync(everything: false, TestContext.Current.CancellationToken);
        await sink.MaintainedAsync();

        // The tapes pass midnight.
        var files = (await _folder.ManifestAsync("trades")).Files;
        Assert.Equal([new DateOnly(2024, 8, 8), new DateOnly(2024, 8, 9)], files.Select(file => file.Date).Order());
        Assert.Equal([19_904L - TradesOf(facts[^1]), 0L], await _folder.QueryAsync("trades", "count(*), count(*) FILTER (is_before) FROM (SELECT "
            + "event_time < lag(event_time) OVER (PARTITION BY filename ORDER BY file_row_number) AS is_before"));
    }

    [Fact]
    public async Task Flush_OlderThanTheRetention_IsRemoved()
    {
        _folder.Options.Retention["trades"] = 2;
        _folder.Options.Retention["quotes"] = 0;
        var facts = SyntheticMarket.Facts(20);
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(sink, RecordedMarket.Partition, facts, batch: 20);

        _folder.Time.Advance(TimeSpan.FromDays(1.9));
        await MaintainAsync(sink);
        Assert.NotEmpty((await _folder.ManifestAsync("trades")).Files);
        _folder.Time.Advance(TimeSpan.FromDays(0.2));
        await MaintainAsync(sink);

        Assert.Empty((await _folder.ManifestAsync("trades")).Files);
        Assert.NotEmpty((await _folder.ManifestAsync("quotes")).Files);
        Assert.Equal(20L, (await _folder.ManifestAsync("trades")).Checkpoints[RecordedMarket.Partition.ToString()]);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "dataset=trades"), "*.parquet", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Flush_DamagedFile_IsNamedAndStoringContinues()
    {
        var facts = SyntheticMarket.Facts(50);
        await using var sink = _folder.Sink();
        _folder.Options.MergeFiles = 1_000;
        await _folder.FeedAsync(sink, RecordedMarket.Partition, facts[..20], batch: 5);
        var damaged = (await _folder.ManifestAsync("trades")).Files[1];
        await using (var file = new FileStream(Path.Combine(_folder.Path, damaged.Key), FileMode.Open))
        {
            file.Position = 100;
            file.WriteByte(0);
            file.WriteByte(1);
        }

        _folder.Time.Advance(TimeSpan.FromHours(2));
        await MaintainAsync(sink);
        await _folder.FeedAsync(sink, RecordedMarket.Partition, facts, batch: 50);

        Assert.Contains(_folder.Log.Lines, line => line.Contains(damaged.Key, StringComparison.Ordinal) && line.Contains("damaged", StringComparison.Ordinal));
        var files = (await _folder.ManifestAsync("trades")).Files;
        Assert.Contains(damaged, files);
        Assert.Equal(50L, (await _folder.ManifestAsync("trades")).Checkpoints[RecordedMarket.Partition.ToString()]);
    }

    [Fact]
    public void Validate_UnknownDatasetOrNegativeDays_IsRefused()
    {
        var options = new ParquetOptions();
        Assert.True(new ParquetOptionsValidator().Validate(null, options).Succeeded);
        options.Retention["ledger"] = 30;
        options.Retention["trades"] = -1;
        var failures = string.Join(';', new ParquetOptionsValidator().Validate(null, options).Failures!);
        Assert.Contains("History:Parquet:Retention:ledger: there is no such data set", failures, StringComparison.Ordinal);
        Assert.Contains("History:Parquet:Retention:trades is -1", failures, StringComparison.Ordinal);
    }

    private static long TradesOf(FactRecord fact) =>
        ((MarketDataBatch)fact.Message).Events.Count(e => e.Kind == MarketEventKind.Trade);

    private static async Task MaintainAsync(ParquetSink sink)
    {
        await sink.FlushAsync(everything: false, TestContext.Current.CancellationToken);
        await sink.MaintainedAsync();
    }
}
