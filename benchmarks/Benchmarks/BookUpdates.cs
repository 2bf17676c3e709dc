using System.IO.Compression;
using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Benchmarks;

/// <summary>Book events decoded beforehand, so that a benchmark measures the book and nothing else.</summary>
public sealed class BookUpdates
{
    private readonly List<MarketEvent> _events = [];
    private readonly List<PriceLevel> _levels = [];

    public MarketEvent[] Events { get; private set; } = [];

    public PriceLevel[] Levels { get; private set; } = [];

    public ReadOnlySpan<PriceLevel> LevelsOf(in MarketEvent e) => Levels.AsSpan(e.LevelsStart, e.LevelCount);

    /// <summary>The folder with the recorded tape of 2024-08-08, or null when it is not there.</summary>
    public static string? TapeFolder { get; } = FindTape();

    /// <summary>Depth events and the snapshot of the recorded tape, in order of receipt.</summary>
    public static BookUpdates FromTape(string folder)
    {
        var updates = new BookUpdates();
        foreach (var file in Directory.GetFiles(folder, "*.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                var isDelta = line.Contains("\"depthUpdate\"", StringComparison.Ordinal);
                if (isDelta || line.Contains("\"lastUpdateId\"", StringComparison.Ordinal))
                {
                    var start = line.IndexOf(' ', StringComparison.Ordinal) + 1;
                    using var frame = JsonDocument.Parse(line.AsMemory(start));
                    updates.Add(frame.RootElement, isDelta);
                }
            }
        }

        return updates.Freeze();
    }

    /// <summary>
    /// A seeded book of 1,000 levels a side and deltas like the tape's: 50 levels each, half of them within ten ticks
    /// of the top, the rest spread over the side, 40 % removals.
    /// </summary>
    public static BookUpdates Synthetic(int deltas, int seed)
    {
        const long tick = 1_000_000;
        var random = new Random(seed);
        var updates = new BookUpdates();
        var middle = 60_000_00L;
        for (var i = 1; i <= 1_000; i++)
        {
            updates._levels.Add(Level(middle - i, 1 + random.Next(1_000)));
        }

        for (var i = 1; i <= 1_000; i++)
        {
            updates._levels.Add(Level(middle + i, 1 + random.Next(1_000)));
        }

        updates._events.Add(new MarketEvent
        {
            Kind = MarketEventKind.BookSnapshot,
            LastId = 1,
            BidCount = 1_000,
            AskCount = 1_000,
        });
        for (var id = 2; id < deltas + 2; id++)
        {
            var start = updates._levels.Count;
            for (var i = 0; i < 50; i++)
            {
                var depth = random.Next(2) == 0 ? 1 + random.Next(10) : 1 + random.Next(1_000);
                var quantity = depth > 1 && random.Next(10) < 4 ? 0 : 1 + random.Next(1_000);
                updates._levels.Add(Level(middle + (i < 25 ? -depth : depth), quantity));
            }

            updates._events.Add(new MarketEvent
            {
                Kind = MarketEventKind.BookDelta,
                FirstId = id,
                LastId = id,
                LevelsStart = start,
                BidCount = 25,
                AskCount = 25,
            });
        }

        return updates.Freeze();

        static PriceLevel Level(long ticks, long lots) =>
            new(Domain.Price.FromUnits(ticks * tick), Quantity.FromUnits(lots * 1_000));
    }

    private void Add(JsonElement frame, bool isDelta)
    {
        var data = isDelta ? frame.GetProperty("data") : frame;
        var bids = data.GetProperty(isDelta ? "b" : "bids");
        var asks = data.GetProperty(isDelta ? "a" : "asks");
        _events.Add(new MarketEvent
        {
            Kind = isDelta ? MarketEventKind.BookDelta : MarketEventKind.BookSnapshot,
            FirstId = isDelta ? data.GetProperty("U").GetInt64() : 0,
            LastId = data.GetProperty(isDelta ? "u" : "lastUpdateId").GetInt64(),
            LevelsStart = _levels.Count,
            BidCount = bids.GetArrayLength(),
            AskCount = asks.GetArrayLength(),
        });
        foreach (var side in (ReadOnlySpan<JsonElement>)[bids, asks])
        {
            foreach (var level in side.EnumerateArray())
            {
                _levels.Add(new(Domain.Price.Parse(level[0].GetString()!), Quantity.Parse(level[1].GetString()!)));
            }
        }
    }

    private BookUpdates Freeze()
    {
        Events = [.. _events];
        Levels = [.. _levels];
        return this;
    }

    private static string? FindTape()
    {
        var root = Environment.GetEnvironmentVariable("BTCAGENT_DATA");
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        for (; root is null && folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BtcAgent.sln")))
            {
                root = Path.Combine(folder.FullName, "..", "shared", "data");
            }
        }

        var tape = Path.Combine(root ?? "", "ws-spot-2024");
        return Directory.Exists(tape) ? tape : null;
    }
}
