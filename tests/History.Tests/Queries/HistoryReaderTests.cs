using System.Text.Json;
using BtcAgent.Contracts.Queries;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Queries;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sql;
using BtcAgent.History.Tests.Files;

namespace BtcAgent.History.Tests.Queries;

public sealed class HistoryReaderTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_795_910_400 * Second;

    private readonly HistoryFolder _folder = new();
    private readonly HistoryReader _reader;

    public HistoryReaderTests() => _reader = new HistoryReader(_folder.Path, memoryMb: 256);

    public void Dispose()
    {
        _reader.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_PageByPage_GivesEachRowOnceInOrder(bool oldestFirst)
    {
        // Four signals at each instant, in files that overlap.
        await StoreAsync(FactTopic.Signals, Signals(200), batch: 30);
        var request = new HistoryRequest { Dataset = "signals", Limit = 7, OldestFirst = oldestFirst };

        var scores = new List<double>();
        for (string? next = null, first = ""; first is not null; first = next)
        {
            var page = await ReadAsync(request with { Cursor = next });
            scores.AddRange(page.Items.Select(item => item.GetProperty("score").GetDouble()));
            next = page.Next;
        }

        var expected = Enumerable.Range(0, 200).Select(i => (double)i);
        Assert.Equal(oldestFirst ? expected : expected.Reverse(), scores);
    }

    [Fact]
    public async Task Read_MoreIsStoredBetweenPages_ContinuesAtTheSamePlace()
    {
        var signals = Signals(60);
        await StoreAsync(FactTopic.Signals, signals[..40], batch: 40);
        var first = await ReadAsync(new HistoryRequest { Dataset = "signals", Limit = 10 });
        await StoreAsync(FactTopic.Signals, signals, batch: 20);

        var second = await ReadAsync(new HistoryRequest { Dataset = "signals", Limit = 10, Cursor = first.Next });

        Assert.Equal(29, second.Items[0].GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task Read_Filters_SelectInstrumentStrategyAndTime()
    {
        await StoreAsync(FactTopic.Signals, Signals(200), batch: 50);
        var request = new HistoryRequest
        {
            Dataset = "signals",
            Instrument = "BINANCE:ETHUSDT",
            Strategy = "b",
            From = new Timestamp(Start + (10 * Second)),
            To = new Timestamp(Start + (20 * Second)),
            OldestFirst = true,
        };

        var page = await ReadAsync(request);

        Assert.Equal(Enumerable.Range(10, 10).Select(i => (4.0 * i) + 3), page.Items.Select(item => item.GetProperty("score").GetDouble()));
        Assert.All(page.Items, item => Assert.Equal("BINANCE:ETHUSDT", item.GetProperty("instrument").GetString()));
        Assert.Null(page.Next);
        Assert.Empty((await ReadAsync(request with { Instrument = "BINANCE:XRPUSDT" })).Items);
        Assert.Empty((await ReadAsync(request with { Strategy = "' OR true --" })).Items);
    }

    [Fact]
    public async Task Read_Decisions_HaveTheirRecordOnRequest()
    {
        await StoreAsync(FactTopic.Decisions, [new RiskDecision { Id = "0a", Portfolio = "main", Instrument = "BINANCE:BTCUSDT", Strategy = "a", EventTime = Start, Outcome = RiskOutcome.Hold, RecordJson = "{}" }], 1);

        Assert.False((await ReadAsync(new HistoryRequest { Dataset = "decisions" })).Items[0].TryGetProperty("recordJson", out _));
        Assert.Equal("{}", (await ReadAsync(new HistoryRequest { Dataset = "decisions", Portfolio = "main", WithRecord = true })).Items[0].GetProperty("recordJson").GetString());
    }

    [Fact]
    public async Task Read_AsCsvAndParquet_HasTheSameRows()
    {
        await StoreAsync(FactTopic.Signals, Signals(20), batch: 20);
        var cancel = TestContext.Current.CancellationToken;

        var csv = await _reader.ReadAsync(new HistoryRequest { Dataset = "signals", Limit = 3, Format = HistoryFormat.Csv }, cancel);
        var parquet = await _reader.ReadAsync(new HistoryRequest { Dataset = "signals", Limit = 3, Format = HistoryFormat.Parquet }, cancel);

        var lines = System.Text.Encoding.UTF8.GetString(csv.Content).Split("\r\n");
        Assert.StartsWith("instrument,eventTime,strategy,modelId", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        Assert.Contains("2026-11-29T00:00:04.000000Z,b,", lines[1], StringComparison.Ordinal);
        Assert.Equal(csv.Next, parquet.Next);
        var path = Path.Combine(_folder.Path, "page.parquet");
        await File.WriteAllBytesAsync(path, parquet.Content, cancel);
        using var session = new SqlSession(256, 1, null);
        using var command = session.Command($"SELECT list(score) = [19, 18, 17] FROM read_parquet({SqlText.Literal(path)})");
        Assert.Equal(true, command.ExecuteScalar());
    }

    [Theory]
    [InlineData("!", null, "cursor '!' is not one that an answer gave")]
    [InlineData("aGVsbG8", null, "cursor 'aGVsbG8' is not one that an answer gave")]
    [InlineData(null, "main", "signals has no portfolio")]
    public async Task Read_ForeignCursorOrFilter_IsRefused(string? cursor, string? portfolio, string expected)
    {
        await StoreAsync(FactTopic.Signals, Signals(4), batch: 4);
        var e = await Assert.ThrowsAsync<HistoryRequestException>(
            () => ReadAsync(new HistoryRequest { Dataset = "signals", Cursor = cursor, Portfolio = portfolio }));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("BINANCE:BTC\0USDT")]
    [InlineData("\u001b[31m")]
    public async Task Read_FilterWithAControlCharacter_IsRefusedByName(string text)
    {
        await StoreAsync(FactTopic.Signals, Signals(10), batch: 10);
        foreach (var (name, request) in new[]
        {
            ("instrument", new HistoryRequest { Dataset = "signals", Limit = 1, Instrument = text }),
            ("strategy", new HistoryRequest { Dataset = "signals", Limit = 1, Strategy = text }),
        })
        {
            var e = await Assert.ThrowsAsync<HistoryRequestException>(() => _reader.ReadAsync(request, TestContext.Current.CancellationToken));
            Assert.Equal($"{name} has a control character: leave it out", e.Message);
        }
    }

    [Theory]
    [InlineData("1|signals|0|1795910400000000|0|0|0|0|local\0test")]
    [InlineData("1|signals|0|1795910400000000|0|0|0|0|local' OR 1=1 --")]
    [InlineData("1|signals|0|9223372036854775807|0|0|0|0|local-test")]
    [InlineData("1|signals|0|-1|0|0|0|0|local-test")]
    public async Task Read_ForgedCursor_IsRefusedInAShortLine(string content)
    {
        await StoreAsync(FactTopic.Signals, Signals(10), batch: 10);
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(content));
        foreach (var text in new[] { cursor, new string('x', 10_000) })
        {
            var e = await Assert.ThrowsAsync<HistoryRequestException>(
                () => _reader.ReadAsync(new HistoryRequest { Dataset = "signals", Limit = 1, Cursor = text }, TestContext.Current.CancellationToken));
            Assert.Contains("is not one that an answer gave", e.Message, StringComparison.Ordinal);
            Assert.InRange(e.Message.Length, 1, 160);
        }
    }

    [Fact]
    public async Task Read_FileWasShortened_IsAProblemWithoutSql()
    {
        await StoreAsync(FactTopic.Signals, Signals(200), batch: 200);
        foreach (var path in Directory.GetFiles(_folder.Path, "*.parquet", SearchOption.AllDirectories))
        {
            using var file = File.Open(path, FileMode.Open);
            file.SetLength(100);
        }

        var e = await Assert.ThrowsAsync<IOException>(() => _reader.ReadAsync(new HistoryRequest { Dataset = "signals", Limit = 1 }, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("SELECT", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.Contains("dataset=signals/", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("'btcagent data check' names damaged files", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CursorOfAnotherOrder_IsRefused()
    {
        await StoreAsync(FactTopic.Signals, Signals(8), batch: 8);
        var page = await ReadAsync(new HistoryRequest { Dataset = "signals", Limit = 2 });
        var e = await Assert.ThrowsAsync<HistoryRequestException>(
            () => ReadAsync(new HistoryRequest { Dataset = "signals", Cursor = page.Next, OldestFirst = true }));
        Assert.Contains("the cursor belongs to signals, newest first", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Signals with ascending scores, four at each second.</summary>
    private static List<TradingSignal> Signals(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new TradingSignal
        {
            Instrument = "BINANCE:" + (i % 2 == 0 ? "BTCUSDT" : "ETHUSDT"),
            Strategy = i % 4 < 2 ? "a" : "b",
            EventTime = Start + (i / 4 * Second),
            Score = i,
        }),
    ];

    private async Task StoreAsync(FactTopic topic, IEnumerable<Google.Protobuf.IMessage> messages, int batch)
    {
        await using var sink = _folder.Sink();
        await _folder.FeedAsync(
            sink, new LogPartition("local-test", topic, 0), [.. messages.Select((message, i) => new FactRecord(i, new Timestamp(Start), "key", message))], batch);
    }

    private async Task<(List<JsonElement> Items, string? Next)> ReadAsync(HistoryRequest request)
    {
        var page = await _reader.ReadAsync(request, TestContext.Current.CancellationToken);
        var body = JsonDocument.Parse(page.Content).RootElement;
        Assert.Equal(page.Next, body.GetProperty("next").GetString());
        List<JsonElement> items = [.. body.GetProperty("items").EnumerateArray()];
        Assert.Equal(page.Rows, items.Count);
        return (items, page.Next);
    }
}
