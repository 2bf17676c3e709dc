using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Lines;
using CsCheck;

namespace BtcAgent.Domain.Tests.MarketData.Lines;

public sealed class LineArbiterTests
{
    private const int Events = 1_000;

    /// <summary>Events after which a silent line counts as silent: a second at 10 ms or more each.</summary>
    private const int Silence = 110;

    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void Offer_WhileOneLineIsWhole_MergesToTheVenuesOwnStream() => Seeds.Sample(
        seed =>
        {
            var random = new Random(seed);
            var venue = new VenueRecord(seed, Events);
            var (whole, broken) = random.Next(2) == 0 ? (0, 1) : (1, 0);
            var merged = Merge(
                new LineReader(venue, whole, random).Start().Read(0, Events),
                Breaking(new LineReader(venue, broken, random).Start(), random));

            Assert.Equal(venue.TradeIds, merged.TradeIds.Order());
            Assert.Equal((0L, 0), (merged.Synchronizer.Gaps, merged.Interruptions));
            AssertSameBook(venue, merged);
        },
        iter: 300);

    [Fact]
    public void Offer_LinesThatTakeTurns_LoseNothing() => Seeds.Sample(
        seed =>
        {
            var random = new Random(seed);
            var venue = new VenueRecord(seed, Events);

            // Each line is killed while the other reads, and is back long before the other one ends.
            var first = new LineReader(venue, 0, random).Start().Read(0, 300).Start().Read(400, Events);
            var second = new LineReader(venue, 1, random).Start().Read(random.Next(LineReader.LagMax, 200), 700).Interrupt(700).Start().Read(750, Events);
            var merged = Merge(first, second);

            Assert.Equal(venue.TradeIds, merged.TradeIds.Order());
            Assert.Equal((0L, 0), (merged.Synchronizer.Gaps, merged.Interruptions));
            AssertSameBook(venue, merged);
        },
        iter: 300);

    [Fact]
    public void Offer_BothAway_IsAnInterruptionAndRecovers() => Seeds.Sample(
        seed =>
        {
            var random = new Random(seed);
            var venue = new VenueRecord(seed, Events);
            var first = new LineReader(venue, 0, random).Start().Read(0, 400);
            var second = new LineReader(venue, 1, random).Start().Read(0, 400);
            if (random.Next(2) == 0)
            {
                // Reported, or detected by later events.
                first.Interrupt(400);
                second.Interrupt(400);
            }

            first.Start().Read(400 + Silence, Events);
            second.Start().Read(400 + Silence + random.Next(50, 100), Events);
            var merged = Merge(first, second);

            Assert.True(merged.Interruptions > 0);
            var expected = venue.Events.Where((e, i) => e.Event.Kind == MarketEventKind.Trade && i is < 400 or >= 400 + Silence);
            Assert.Equal(expected.Where(e => e.Event.Kind == MarketEventKind.Trade).Select(e => e.Event.LastId), merged.TradeIds.Order());
            AssertSameBook(venue, merged);
        },
        iter: 300);

    [Fact]
    public void ToState_Restored_GoesOnTheSame() => Seeds.Sample(
        seed =>
        {
            var random = new Random(seed);
            var venue = new VenueRecord(seed, Events);
            LineReader[] lines =
            [
                Breaking(new LineReader(venue, 0, random).Start(), random),
                new LineReader(venue, 1, random).Start().Read(0, Events),
            ];

            Assert.Equal(Merge(lines).Taken, Merge(lines, restoreAt: random.Next(Events)).Taken);
        },
        iter: 50);

    [Fact]
    public void IsVoid_EarlierReaderOrUnknownLine_IsNotTaken()
    {
        var arbiter = new LineArbiter(new LineArbiterState());
        Assert.Empty(arbiter.Merge(Batch(1, 7), () => true));

        Assert.True(arbiter.IsVoid(Batch(1, 6)));
        Assert.True(arbiter.IsVoid(Batch(2, 8)));
        Assert.True(arbiter.IsVoid(Batch(-1, 8)));
        Assert.False(arbiter.IsVoid(Batch(1, 7)));
        Assert.False(arbiter.IsVoid(Batch(0, 6)));
        Assert.Equal(((long?)1, (long?)null), (arbiter.NextSequence(1, 7), arbiter.NextSequence(0, 6)));

        static MarketDataBatch Batch(int line, long epoch) => new(VenueRecord.Instrument, epoch, [], [], default, line);
    }

    [Theory]
    [InlineData(6.5, 3)]
    [InlineData(3, 6.5)]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    public void Offer_LineThatComesBackAheadOfTheOther_CarriesOnWhenThatOneDies(double lag, double otherLag)
    {
        var random = new Random(1);
        var venue = new VenueRecord(1, Events);
        var returning = new LineReader(venue, 0, random, lag).Start().Read(0, 200).Interrupt(200).Read(400, Events);
        var dying = new LineReader(venue, 1, random, otherLag).Start().Read(0, 700);
        var merged = Merge(returning, dying);

        Assert.Equal(venue.TradeIds, merged.TradeIds.Order());
        Assert.Equal((0L, 0), (merged.Synchronizer.Gaps, merged.Interruptions));
        AssertSameBook(venue, merged);
    }

    [Fact]
    public void Offer_UpdatesThatBothLinesHavePassed_AreAnInterruptionOnce()
    {
        var arbiter = new LineArbiter(new LineArbiterState());

        Assert.Equal(["BookDelta 1"], Offer(0, 1, 1, 10));
        Assert.Equal([], Offer(1, 1, 1, 10));
        Assert.Equal([], Offer(0, 2, 15, 20));
        Assert.Equal(["FeedInterrupted 0", "BookDelta 15", "BookDelta 21"], Offer(1, 2, 21, 30));
        Assert.Equal([], Offer(0, 3, 21, 30));
        Assert.Equal(["BookDelta 31"], Offer(0, 4, 31, 40));

        List<string> Offer(int line, long sequence, long first, long last)
        {
            var delta = new MarketEvent
            {
                Kind = MarketEventKind.BookDelta,
                Sequence = sequence,
                EventTime = new Timestamp(1_000_000 * sequence),
                FirstId = first,
                LastId = last,
            };
            var batch = new MarketDataBatch(VenueRecord.Instrument, 1, [delta], [], default, line);
            return [.. arbiter.Merge(batch, () => true).Select(merged => $"{merged.Event.Kind} {merged.Event.FirstId}")];
        }
    }

    [Theory]
    [InlineData(MarketEventKind.Sentiment)]
    [InlineData(MarketEventKind.Calendar)]
    public void Offer_InjectedOfBothLines_TakesTheFirstOfEachNumberAfterAnyPause(MarketEventKind kind)
    {
        const long Start = 1_800_000_000_000;
        const long Year = 365L * 86_400_000;
        var arbiter = new LineArbiter(new LineArbiterState());

        Assert.Equal([Start], Offer(0, 1, Start));
        Assert.Equal([], Offer(1, 1, Start));
        Assert.Equal([Start + 1_000], Offer(1, 2, Start + 1_000));
        Assert.Equal([], Offer(0, 2, Start + 1_000));
        arbiter = new LineArbiter(arbiter.ToState());
        Assert.Equal([], Offer(0, 3, Start + 500));
        Assert.Equal([Start + Year], Offer(0, 4, Start + Year));
        Assert.All(arbiter.Lines, line => Assert.False(line.IsConnected, "neither posts nor releases show that the venue is heard"));

        List<long> Offer(int line, long sequence, long number)
        {
            var tally = new MarketEvent { Kind = kind, Sequence = sequence, FirstId = number, LastId = number };
            return [.. arbiter.Merge(new MarketDataBatch(VenueRecord.Instrument, 1, [tally], [], default, line), () => true).Select(merged => merged.Event.LastId)];
        }
    }

    /// <summary>Disconnects, is killed or starts late, several times.</summary>
    private static LineReader Breaking(LineReader line, Random random)
    {
        for (var at = random.Next(0, 150); at < Events - 20;)
        {
            var end = Math.Min(Events, at + random.Next(10, 200));
            line.Read(at, end);
            if (random.Next(2) == 0)
            {
                line.Interrupt(end);
            }

            at = end + random.Next(1, 2 * Silence);
            if (random.Next(2) == 0)
            {
                line.Start();
            }
        }

        return line;
    }

    private static void AssertSameBook(VenueRecord venue, Merged merged)
    {
        Assert.True(merged.Synchronizer.IsInSync);
        var expected = new OrderBook();
        var (snapshot, seeded) = venue.Snapshots[^1];
        new BookSynchronizer(expected).Apply(in snapshot, seeded);
        Assert.Equal(snapshot.LastId, merged.Synchronizer.LastUpdateId);
        foreach (var side in new[] { Side.Buy, Side.Sell })
        {
            Assert.Equal(Levels(expected, side), Levels(merged.Synchronizer.Book, side));
        }

        static PriceLevel[] Levels(OrderBook book, Side side)
        {
            var levels = new PriceLevel[50];
            return levels[..book.CopyTop(side, levels)];
        }
    }

    private static Merged Merge(params LineReader[] lines) => Merge(lines, restoreAt: -1);

    private static Merged Merge(LineReader[] lines, int restoreAt)
    {
        var arbiter = new LineArbiter(new LineArbiterState());
        var merged = new Merged();
        var place = 0;
        foreach (var (_, line, epoch, marketEvent, levels) in lines.SelectMany(l => l.Sent).OrderBy(sent => sent.At))
        {
            if (place++ == restoreAt)
            {
                arbiter = new LineArbiter(arbiter.ToState());
            }

            var batch = new MarketDataBatch(VenueRecord.Instrument, epoch, [marketEvent with { LevelsStart = 0 }], [.. levels], default, line);
            foreach (var (numbered, taken) in arbiter.Merge(batch, () => merged.Synchronizer.IsInSync))
            {
                merged.Add(numbered, taken.Span);
            }
        }

        return merged;
    }

    /// <summary>The merged stream and the book that follows it.</summary>
    private sealed class Merged
    {
        private readonly List<MarketEvent> _taken = [];

        public BookSynchronizer Synchronizer { get; } = new(new OrderBook());

        public IReadOnlyList<MarketEvent> Taken => _taken;

        public IEnumerable<long> TradeIds => _taken.Where(e => e.Kind == MarketEventKind.Trade).Select(e => e.LastId);

        public int Interruptions => _taken.Count(e => e.Kind == MarketEventKind.FeedInterrupted);

        public void Add(MarketEvent numbered, ReadOnlySpan<PriceLevel> levels)
        {
            Assert.Equal(_taken.Count + 1, numbered.Sequence);
            _taken.Add(numbered);
            Synchronizer.Apply(in numbered, levels);
        }
    }
}
