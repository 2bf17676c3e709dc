using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Tests.MarketData.Lines;

/// <summary>
/// A venue's events generated from a seed: trades, quotes and book updates without a gap, 10–30 ms apart.
/// </summary>
internal sealed class VenueRecord
{
    public static readonly InstrumentId Instrument = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly Dictionary<(Side Side, int Price), int> _book = [];
    private readonly List<(MarketEvent Event, PriceLevel[] Levels)> _events = [];
    private readonly Random _random;
    private long _updateId = 1_000;

    public VenueRecord(int seed, int count)
    {
        _random = new Random(seed);
        var time = new Timestamp(1_700_000_000L * Timestamp.NanosecondsPerSecond);
        var trade = 500L;
        for (var i = 0; i < count; i++)
        {
            time += TimeSpan.FromMilliseconds(_random.Next(10, 30));
            switch (_random.Next(3))
            {
                case 0:
                    Add(new MarketEvent
                    {
                        Kind = MarketEventKind.Trade,
                        EventTime = time,
                        FirstId = ++trade,
                        LastId = trade,
                        Price = Price.FromUnits(100_00000000),
                        Quantity = Quantity.FromUnits(_random.Next(1, 100)),
                    });
                    break;
                case 1:
                    Add(new MarketEvent
                    {
                        Kind = MarketEventKind.Quote,
                        LastId = _updateId,
                        Price = Price.FromUnits(99_00000000),
                        AskPrice = Price.FromUnits(101_00000000),
                    });
                    break;
                default:
                    AddDelta(time);
                    break;
            }

            Snapshots.Add(SnapshotNow());
        }
    }

    public IReadOnlyList<(MarketEvent Event, PriceLevel[] Levels)> Events => _events;

    /// <summary>The venue's complete book after each event, as its snapshot.</summary>
    public List<(MarketEvent Event, PriceLevel[] Levels)> Snapshots { get; } = [];

    public IEnumerable<long> TradeIds => Events.Where(e => e.Event.Kind == MarketEventKind.Trade).Select(e => e.Event.LastId);

    private void AddDelta(Timestamp time)
    {
        var changes = new SortedDictionary<(Side Side, int Price), int>();
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
            changes[(side, side == Side.Buy ? _random.Next(80, 100) : _random.Next(101, 121))] = _random.Next(0, 9);
        }

        foreach (var (place, quantity) in changes)
        {
            _book[place] = quantity;
        }

        var first = _updateId + 1;
        _updateId += _random.Next(1, 6);
        Add(
            new MarketEvent
            {
                Kind = MarketEventKind.BookDelta,
                EventTime = time,
                FirstId = first,
                LastId = _updateId,
                BidCount = changes.Count(c => c.Key.Side == Side.Buy),
                AskCount = changes.Count(c => c.Key.Side == Side.Sell),
            },
            Levels(changes, keepEmpty: true));
    }

    private (MarketEvent Event, PriceLevel[] Levels) SnapshotNow()
    {
        var held = _book.Where(level => level.Value > 0).ToDictionary();
        return (
            new MarketEvent
            {
                Kind = MarketEventKind.BookSnapshot,
                LastId = _updateId,
                BidCount = held.Count(level => level.Key.Side == Side.Buy),
                AskCount = held.Count(level => level.Key.Side == Side.Sell),
            },
            Levels(held, keepEmpty: false));
    }

    private static PriceLevel[] Levels(IEnumerable<KeyValuePair<(Side Side, int Price), int>> levels, bool keepEmpty) =>
    [
        .. levels.Where(level => keepEmpty || level.Value > 0)
            .OrderBy(level => level.Key.Side == Side.Buy ? 0 : 1)
            .Select(level => new PriceLevel(
                Price.FromUnits(level.Key.Price * 100_000_000L), Quantity.FromUnits(level.Value * 100_000_000L))),
    ];

    private void Add(MarketEvent marketEvent, PriceLevel[]? levels = null) => _events.Add((marketEvent, levels ?? []));
}
