using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.History.Files;
using BtcAgent.History.Log.Local;
using BtcAgent.History.Sinks;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Log;

/// <summary>24 simulated hours of the log and of the Parquet files made of it, at a twentieth of the default agent's market data and of its limits.</summary>
public sealed class DayOfFactsTests : IDisposable
{
    private const int Hours = 24;
    private const int PausesPerHour = 6;
    private const int FactsPerPause = 600;
    private const int EventsPerFact = 20;
    private const long Mebi = 1_048_576;

    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-day-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero));
    private readonly FactLogOptions _options;
    private long _sequence;

    public DayOfFactsTests() =>
        _options = new FactLogOptions { Folder = Path.Combine(_folder.FullName, "facts"), RetainMb = 64, SegmentMb = 4 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Log_24Hours_StaysWithinItsLimitsAndOpensAsFast()
    {
        var facts = 0;
        await using (var log = Open())
        {
            using var store = new FolderObjectStore(Path.Combine(_folder.FullName, "history"));
            await using var sink = new ParquetSink(
                store,
                new ParquetOptions { WorkFolder = Path.Combine(_folder.FullName, "work") },
                [FeatureSchema.Create(new FeatureOptions())],
                _time,
                NullLogger<ParquetSink>.Instance);
            var runner = new SinkRunner(log, sink, new SinkOptions { GatherMs = 0 }, _time, NullLogger<SinkRunner>.Instance);
            using var stop = new CancellationTokenSource();
            var running = runner.RunAsync(stop.Token);
            for (var pause = 0; pause < Hours * PausesPerHour; pause++, facts += FactsPerPause + 1)
            {
                await PublishAsync(log);
                await StoredAsync(runner);
                Assert.Null(runner.Status.Problem);
                Assert.InRange(log.Bytes, 0, (_options.RetainMb + _options.SegmentMb) * Mebi);
            }

            Assert.True(log.TrimmedBytes > 0, "nothing was deleted");
            Assert.Equal(0, log.Dropped);
            Assert.Equal(facts, runner.Status.Stored);
            await stop.CancelAsync();
            await running;
        }

        // The start reads no more of a full log than of an empty one: it looks at the files only.
        await using var again = Open();
        Assert.InRange(Directory.GetFiles(_options.Folder, "*.facts", SearchOption.AllDirectories).Length, 1, (_options.RetainMb / _options.SegmentMb) + 2);
        Assert.InRange(Directory.GetFiles(_folder.FullName, "*.parquet", SearchOption.AllDirectories).Length, 1, 400);
    }

    private LocalFactLog Open() => LocalFactLog.Open(FactLogIdentity.Of("local-day"), _options, _time, NullLogger<LocalFactLog>.Instance);

    /// <summary>A sink that is up to date looks again after a second.</summary>
    private Task StoredAsync(SinkRunner runner)
    {
        var stored = runner.WhenCaughtUpAsync(Cancelled);
        return Eventually.TrueAsync(
            "the facts are in files",
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(stored.IsCompleted);
            },
            TimeSpan.FromSeconds(60));
    }

    private async Task PublishAsync(LocalFactLog log)
    {
        for (var i = 0; i < FactsPerPause; i++)
        {
            log.Publish(new MarketFact(Batch()));
        }

        await log.WhenWrittenAsync(Cancelled);
        _time.Advance(TimeSpan.FromHours(1) / PausesPerHour);
        log.Publish(new AgentEventFact(AgentEventKind.Feed, "key", $"after {_sequence}", null, "connected", "feed", "a test", new Timestamp(1)));
        await log.WhenWrittenAsync(Cancelled); // The log tidies up after a write.
    }

    private MarketDataBatch Batch()
    {
        var now = Timestamp.FromDateTimeOffset(_time.GetUtcNow());
        return new MarketDataBatch(
            Btc,
            1,
            [.. Enumerable.Range(0, EventsPerFact).Select(i => new MarketEvent
            {
                Kind = i % 4 == 0 ? MarketEventKind.Trade : MarketEventKind.Quote,
                Sequence = ++_sequence,
                EventTime = now,
                ReceiveTime = now,
                FirstId = _sequence,
                LastId = _sequence,
                Price = Price.FromUnits(6_000_000_000_000 + (_sequence * 37 % 1_000 * 1_000_000)),
                Quantity = Quantity.FromUnits(100_000 + (_sequence * 7_919 % 100_003)),
                AskPrice = Price.FromUnits(6_001_000_000_000),
                AskQuantity = Quantity.FromUnits(100_000),
            })],
            [],
            now);
    }
}
