using BtcAgent.Domain.MarketData;
using BtcAgent.History.Files;
using BtcAgent.History.Sinks;

namespace BtcAgent.History.Tests.Files;

public sealed class ParquetSinkTests : IDisposable
{
    private const string Sums = "count(*), count(DISTINCT trade_id), sum(price_e8::HUGEINT), sum(quantity_e8::HUGEINT), sum(price_e8::HUGEINT * quantity_e8)";

    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_RecordedTape_HasEachTradeToTheLastDigit()
    {
        var tape = RecordedMarket.Tape();
        await using (var sink = _folder.Sink())
        {
            await _folder.FeedAsync(sink, RecordedMarket.Partition, RecordedMarket.Facts(tape), batch: 50);
        }

        await AssertIsTapeAsync(tape);
        Assert.Equal(
            [73_174L, tape.Events.Where(e => e.Kind == MarketEventKind.Quote).Aggregate(System.Numerics.BigInteger.Zero, (sum, e) => sum + e.AskPrice.Units)],
            await _folder.QueryAsync("quotes", "count(*), sum(ask_price_e8::HUGEINT)"));
    }

    [Fact]
    public async Task Write_SameLogAgain_ChangesNothing()
    {
        var facts = SyntheticMarket.Facts(100);
        await using (var sink = _folder.Sink())
        {
            await _folder.FeedAsync(sink, RecordedMarket.Partition, facts, batch: 50);
        }

        var before = await _folder.ManifestAsync("trades");
        await using (var again = _folder.Sink())
        {
            var cancel = TestContext.Current.CancellationToken;
            await again.OpenAsync(cancel);
            Assert.Equal(100, await again.CheckpointAsync(RecordedMarket.Partition, cancel));
            await again.WriteAsync(new FactBatch(RecordedMarket.Partition, 0, 100, facts), cancel);
            await again.FlushAsync(everything: true, cancel);
        }

        Assert.Equal(before.Files.AsEnumerable(), (await _folder.ManifestAsync("trades")).Files);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_KilledAtEachStep_NeitherMissesNorDoubles(bool isAfter)
    {
        var facts = SyntheticMarket.Facts(40);
        _folder.Options.FlushSeconds = 1;
        object[] expected;
        using (var other = new HistoryFolder())
        {
            await using var sink = other.Sink();
            await other.FeedAsync(sink, RecordedMarket.Partition, facts, batch: 40);
            expected = await other.QueryAsync("trades", Sums);
        }

        // The killed step is a later one in each life, until a life reaches the end.
        var lives = 0;
        for (var isDead = true; isDead; lives++)
        {
            using var store = new KilledStore(_folder.Store, lives * 3, isAfter);
            await using var sink = _folder.Sink(store);
            try
            {
                await _folder.FeedAsync(sink, RecordedMarket.Partition, facts, batch: 4);
                isDead = false;
            }
            catch (KilledException)
            {
                Assert.True(store.IsDead);
            }
        }

        Assert.True(lives > 10, $"{lives} lives");
        await using (var last = _folder.Sink())
        {
            await last.OpenAsync(TestContext.Current.CancellationToken); // Removes what the killed ones left.
        }

        Assert.Equal(expected, await _folder.QueryAsync("trades", Sums));
    }

    [Fact]
    public async Task Write_AnotherOwnerTookOver_IsRefused()
    {
        var facts = SyntheticMarket.Facts(10);
        var cancel = TestContext.Current.CancellationToken;
        await using var old = _folder.Sink();
        await old.OpenAsync(cancel);
        await old.WriteAsync(new FactBatch(RecordedMarket.Partition, 0, 10, facts), cancel);
        await using var owner = _folder.Sink();
        await owner.OpenAsync(cancel);

        var e = await Assert.ThrowsAsync<SinkException>(() => old.FlushAsync(everything: true, cancel));

        Assert.Contains("another process has taken over", e.Message, StringComparison.Ordinal);
        Assert.Empty((await _folder.ManifestAsync("trades")).Files);
        await _folder.FeedAsync(owner, RecordedMarket.Partition, facts, batch: 10);
        Assert.Equal(10L, (await _folder.ManifestAsync("trades")).Checkpoints[RecordedMarket.Partition.ToString()]);
    }

    [Fact]
    public async Task Open_FilesOfSomebodyElse_AreLeftAlone()
    {
        var foreign = Path.Combine(_folder.Path, "dataset=trades", "mine.parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        await File.WriteAllTextAsync(foreign, "a copy of the operator", TestContext.Current.CancellationToken);
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(sink, RecordedMarket.Partition, SyntheticMarket.Facts(10), batch: 10);
        await sink.OpenAsync(TestContext.Current.CancellationToken);

        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public async Task Write_LogNoLongerHasFacts_RecordsTheGap()
    {
        var facts = SyntheticMarket.Facts(30);
        var cancel = TestContext.Current.CancellationToken;
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(sink, RecordedMarket.Partition, facts[..10], batch: 10);
        await sink.WriteAsync(new FactBatch(RecordedMarket.Partition, 20, 30, facts[20..]), cancel);
        await sink.FlushAsync(everything: true, cancel);

        Assert.Equal([new LostRange("local-test/market_data/0", 10, 20)], (await _folder.ManifestAsync("trades")).Lost);
    }

    [Fact]
    public async Task Datasets_AfterStoring_HaveSizeAgeAndRetention()
    {
        await using var sink = _folder.Sink();
        Assert.Empty(sink.Datasets);
        await _folder.FeedAsync(sink, RecordedMarket.Partition, SyntheticMarket.Facts(40), batch: 40);

        var trades = Assert.Single(sink.Datasets, dataset => dataset.Name == "trades");
        var files = (await _folder.ManifestAsync("trades")).Files;
        Assert.Equal((200, files.Count, 30), (trades.Rows, trades.Files, trades.RetentionDays));
        Assert.Equal((HistoryFolder.Start, new DateTimeOffset(2026, 11, 28, 23, 59, 30, TimeSpan.Zero)), (trades.OldestStoredAt?.AddSeconds(-61), trades.From));
        var decisions = Assert.Single(sink.Datasets, dataset => dataset.Name == "decisions");
        Assert.Equal((0, null, null), (decisions.Rows, decisions.OldestStoredAt, decisions.RetentionDays));
    }

    [Fact]
    public async Task Write_MoreRowsThanMayWait_WritesAFileEarly()
    {
        _folder.Options.RowsMax = 1_000; // Two data sets, five rows a fact each.
        var facts = SyntheticMarket.Facts(100);
        var cancel = TestContext.Current.CancellationToken;
        await using var sink = _folder.Sink();
        await sink.OpenAsync(cancel);
        await sink.WriteAsync(new FactBatch(RecordedMarket.Partition, 0, 100, facts), cancel);

        Assert.Equal(100, await sink.CheckpointAsync(RecordedMarket.Partition, cancel));
    }

    private async Task AssertIsTapeAsync(Exchanges.Binance.Tapes.DecodedTape tape)
    {
        var trades = tape.Events.Where(e => e.Kind == MarketEventKind.Trade).ToList();
        Assert.Equal(
            [
                19_904L,
                19_904L,
                trades.Aggregate(System.Numerics.BigInteger.Zero, (sum, e) => sum + e.Price.Units),
                trades.Aggregate(System.Numerics.BigInteger.Zero, (sum, e) => sum + e.Quantity.Units),
                trades.Aggregate(System.Numerics.BigInteger.Zero, (sum, e) => sum + ((System.Numerics.BigInteger)e.Price.Units * e.Quantity.Units)),
            ],
            await _folder.QueryAsync("trades", Sums));
    }
}
