using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using BtcAgent.Contracts.Queries;
using BtcAgent.Contracts.Wire;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.History.Files;
using BtcAgent.History.Log;
using BtcAgent.History.Queries;
using BtcAgent.History.Sinks;
using BtcAgent.Storage.Objects;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Benchmarks;

/// <summary>
/// The Parquet history: <c>history TAPE…</c>. Rows stored per second, bytes per trade beside the frames' JSON, ten million bars queried
/// by range, pages of a year of decisions.
/// </summary>
internal static class HistoryFigures
{
    private const int Bars = 10_000_000;
    private const int Decisions = 525_600;
    private const int Queries = 200;
    private const long Second = 1_000_000_000;
    private const long Start = 1_767_225_600 * Second; // 2026-01-01
    private const string Instrument = "BINANCE:BTCUSDT";

    public static async Task<int> RunAsync(string[] tapes)
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-history-figures-").FullName;
        try
        {
            if (tapes.Length > 0)
            {
                await TapeAsync(Path.Combine(folder, "tape"), tapes);
            }

            await BarsAsync(Path.Combine(folder, "bars"));
            await DecisionsAsync(Path.Combine(folder, "decisions"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task TapeAsync(string folder, string[] tapes)
    {
        var loop = new TapeLoop(DecodedTape.Load(InstrumentId.Parse(Instrument), tapes), InstrumentId.Parse(Instrument));
        var events = DecodedTape.Load(InstrumentId.Parse(Instrument), tapes).Events.Length;
        var messages = Enumerable.Range(0, (events + 99) / 100).Select(i => FactMessages.Read(
            FactTopic.MarketData, MarketDataWire.Encode(loop.Next(Math.Min(100, events - (i * 100)))))).ToList();
        await StoreAsync(folder, FactTopic.MarketData, messages, events);
        var (tradeJson, quoteJson) = FrameBytes(tapes);
        var files = await HistoryFiles.ReadAsync(folder, CancellationToken.None);
        foreach (var (name, json) in new[] { ("trades", tradeJson), ("quotes", quoteJson) })
        {
            var stored = files.ManifestOf(files.Find(name)).Files;
            var (bytes, rows) = (stored.Sum(file => file.Bytes), stored.Sum(file => file.Rows));
            Console.WriteLine(FormattableString.Invariant(
                $"{name}: {rows:N0} rows, {bytes / (double)rows:F1} bytes a row; JSON frames {json / (double)rows:F0} bytes each, 1/{json / (double)bytes:F1}"));
        }
    }

    private static async Task BarsAsync(string folder)
    {
        var random = new Random(1);
        var close = 6_000_000L;
        await StoreAsync(folder, FactTopic.Bars, Enumerable.Range(0, Bars).Select(IMessage (i) =>
        {
            var open = close;
            close += random.Next(-1_000, 1_001);
            return new ClosedBar
            {
                Instrument = Instrument,
                OpenTime = Start + (i * Second),
                Interval = Second,
                Open = open * 1_000_000,
                High = (Math.Max(open, close) + 300) * 1_000_000,
                Low = (Math.Min(open, close) - 300) * 1_000_000,
                Close = close * 1_000_000,
                Volume = random.Next(1, 90_000_000),
                BuyVolume = random.Next(1, 40_000_000),
                QuoteVolume = (random.Next(1, 90_000_000) / 100m).ToString(CultureInfo.InvariantCulture),
                TradeCount = random.Next(1, 50),
            };
        }), Bars);
        using var reader = new HistoryReader(folder, memoryMb: 512);
        await MeasureAsync("bars, an hour of ten million by REST", i => reader.ReadAsync(
            new HistoryRequest { Dataset = "bars", Instrument = Instrument, From = At(i, Bars), To = At(i, Bars) + TimeSpan.FromHours(1), Limit = 3_600 }, CancellationToken.None));
        var database = new HistoryDatabase(folder, QueryLimits.Default, TimeProvider.System);
        await MeasureAsync("bars, an hour of ten million by SQL", i => database.QueryAsync(
            FormattableString.Invariant($"SELECT max(high), min(low), sum(volume) FROM bars WHERE event_time BETWEEN TIMESTAMPTZ '{At(i, Bars).ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}+00' AND TIMESTAMPTZ '{(At(i, Bars) + TimeSpan.FromHours(1)).ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}+00'"),
            CancellationToken.None));
    }

    private static async Task DecisionsAsync(string folder)
    {
        const int SecondsEach = 60;
        var sample = new string('x', 1_500);
        await StoreAsync(folder, FactTopic.Decisions, Enumerable.Range(0, Decisions).Select(IMessage (i) => new RiskDecision
        {
            Id = Fnv1a.Hash(BitConverter.GetBytes(i)).ToString("x16", CultureInfo.InvariantCulture),
            Portfolio = i % 3 == 0 ? "hedge" : "main",
            Instrument = Instrument,
            Strategy = i % 2 == 0 ? "flow-trend" : "starter",
            EventTime = Start + (i * SecondsEach * Second),
            Outcome = i % 50 == 0 ? RiskOutcome.Approved : RiskOutcome.Hold,
            TargetPosition = "0.01",
            CurrentPosition = "0",
            Summary = FormattableString.Invariant($"expected move {i % 100 / 10.0:F1} bps below its costs"),
            RecordJson = JsonSerializer.Serialize(new { sample = new { i, values = sample }, signal = i }),
        }), Decisions);
        using var reader = new HistoryReader(folder, memoryMb: 512);
        var request = new HistoryRequest { Dataset = "decisions", Limit = 100 };
        await MeasureAsync("decisions, the newest page of a year", _ => reader.ReadAsync(request, CancellationToken.None));
        await MeasureAsync("decisions, a page before a random time, by portfolio and strategy", i => reader.ReadAsync(
            request with { To = At(i, Decisions * SecondsEach), Portfolio = "hedge", Strategy = "starter" }, CancellationToken.None));
        await MeasureAsync("decisions, a page with its records", i => reader.ReadAsync(
            request with { To = At(i, Decisions * SecondsEach), WithRecord = true }, CancellationToken.None));
    }

    private static async Task StoreAsync(string folder, FactTopic topic, IEnumerable<IMessage> messages, int rows)
    {
        Directory.CreateDirectory(folder);
        using var store = new FolderObjectStore(folder);
        await using var sink = new ParquetSink(store, new ParquetOptions(), [], TimeProvider.System, NullLogger<ParquetSink>.Instance);
        await sink.OpenAsync(CancellationToken.None);
        var partition = new LogPartition("figures", topic, 0);
        var started = Stopwatch.GetTimestamp();
        long offset = 0;
        foreach (var some in messages.Chunk(2_000))
        {
            var first = offset;
            List<FactRecord> facts = [.. some.Select(message => new FactRecord(offset++, new Timestamp(Start), "key", message))];
            await sink.WriteAsync(new FactBatch(partition, first, offset, facts), CancellationToken.None);
        }

        await sink.FlushAsync(everything: true, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);
        Console.WriteLine(FormattableString.Invariant($"{topic}: {rows:N0} events in {seconds:F1} s, {rows / seconds:N0}/s, {bytes / 1e6:F1} MB"));
    }

    private static async Task MeasureAsync(string what, Func<int, Task> query)
    {
        await query(0);
        var milliseconds = new double[Queries];
        for (var i = 0; i < Queries; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await query(i);
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        Console.WriteLine(FormattableString.Invariant($"{what}: median {milliseconds[Queries / 2]:F1} ms, p99 {milliseconds[Queries * 99 / 100]:F1} ms"));
    }

    /// <summary>A whole hour spread over the span, another for each query.</summary>
    private static Timestamp At(int query, long seconds) => new(Start + (query * 7_919L % (seconds / 3_600) * 3_600 * Second));

    private static (long Trades, long Quotes) FrameBytes(string[] tapes)
    {
        var (trades, quotes) = (0L, 0L);
        foreach (var tape in tapes)
        {
            using var lines = new StreamReader(new GZipStream(File.OpenRead(tape), CompressionMode.Decompress));
            while (lines.ReadLine() is { } line)
            {
                var frame = line.Length - line.IndexOf(' ', StringComparison.Ordinal) - 1;
                trades += line.Contains("@trade", StringComparison.Ordinal) ? frame : 0;
                quotes += line.Contains("@bookTicker", StringComparison.Ordinal) ? frame : 0;
            }
        }

        return (trades, quotes);
    }
}
