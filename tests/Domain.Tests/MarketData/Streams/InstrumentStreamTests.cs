using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Tests.MarketData.Lines;
using BtcAgent.Testing;
using CsCheck;

namespace BtcAgent.Domain.Tests.MarketData.Streams;

public sealed partial class InstrumentStreamTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void MoveNext_BatchesThatComeAgain_TakesEachEventOnceAndInOrder() => Seeds.Sample(seed =>
    {
        var random = new Random(seed);
        var stream = new InstrumentStream();
        var (expected, sent, repeats, begun) = (new List<(long, long)>(), new List<MarketDataBatch>(), 0L, 0);
        var taken = new List<(long, long)>();
        for (var epoch = 1L; epoch <= 4; epoch++)
        {
            for (var next = 1L; next <= 40;)
            {
                var batch = Batch(epoch * 10, next, random.Next(1, 9));
                next += batch.Events.Length;
                Deliver(batch);
                expected.AddRange(batch.Events.Select(e => (batch.FeedEpoch, e.Sequence)));
                while (random.Next(3) == 0)
                {
                    var again = sent[random.Next(sent.Count)];
                    repeats += again.FeedEpoch == batch.FeedEpoch ? again.Events.Length : 0;
                    Deliver(again);
                }
            }
        }

        Assert.Equal(expected, taken);
        Assert.Equal((repeats, 0L, 4), (stream.Repeats, stream.Missing, begun));

        void Deliver(MarketDataBatch batch)
        {
            sent.Add(batch);
            var isOpen = stream.Open(batch);
            Assert.Equal(batch.FeedEpoch >= stream.Epoch, isOpen);
            begun += isOpen && stream.HasBegun ? 1 : 0;
            taken.AddRange(Rest(stream).Select(sequence => (stream.Epoch, sequence)));
        }
    });

    [Fact]
    public void MoveNext_BatchesThatNeverCome_CountsTheirEventsAsMissing() => Seeds.Sample(seed =>
    {
        var random = new Random(seed);
        var stream = new InstrumentStream();
        var (expected, missing) = (new List<long>(), 0L);
        var taken = new List<long>();
        for (var epoch = 1L; epoch <= 3; epoch++)
        {
            var lost = 0L;
            for (var next = 1L; next <= 60;)
            {
                var batch = Batch(epoch, next, random.Next(1, 9));
                next += batch.Events.Length;
                if (random.Next(3) == 0)
                {
                    lost += batch.Events.Length;
                    continue;
                }

                // Nobody knows what came before the first event that is seen of an epoch.
                missing += stream.Epoch == epoch && stream.LastSequence > 0 ? lost : 0;
                lost = 0;
                Assert.Equal(stream.Epoch == 0 ? batch.Events[0].Sequence : stream.Epoch == epoch ? stream.LastSequence + 1 : 1, stream.Expected(batch));
                stream.Open(batch);
                taken.AddRange(Rest(stream));
                expected.AddRange(batch.Events.Select(e => e.Sequence));
            }
        }

        Assert.Equal(expected, taken);
        Assert.Equal((missing, 0L), (stream.Missing, stream.Repeats));
    });

    [Fact]
    public void MoveNext_TwoLinesThatOvertakeEachOther_NumbersTheVenuesStreamWithoutAGap() => Seeds.Sample(
        seed =>
        {
            const int Events = 500;
            var random = new Random(seed);
            var venue = new VenueRecord(seed, Events);
            var sent = new[]
            {
                new LineReader(venue, 0, random).Start().Read(0, Events),
                new LineReader(venue, 1, random).Start().Read(random.Next(50), random.Next(200, Events)).Start().Read(random.Next(210, 260), Events),
            }.SelectMany(line => line.Sent).OrderBy(message => message.At).ToArray();
            var whole = Merge(sent, new InstrumentStream(lines: 2, epochSeen: 7), restoreAt: -1);
            var restored = Merge(sent, new InstrumentStream(lines: 2, epochSeen: 7), restoreAt: random.Next(sent.Length));

            Assert.Equal(venue.TradeIds, whole.Events.Where(e => e.Kind == MarketEventKind.Trade).Select(e => e.LastId).Order());
            Assert.Equal(Enumerable.Range(1, whole.Events.Count).Select(i => (long)i), whole.Events.Select(e => e.Sequence));
            Assert.All(whole.Epochs, epoch => Assert.Equal(8, epoch));
            Assert.True(whole.Book.IsInSync);
            Assert.Equal(0, whole.Book.Gaps);
            Assert.Equal(whole.Events, restored.Events);
        },
        iter: 100);

    [Theory]
    [InlineData(3, 1, 0)] // Of a line that is not read here.
    [InlineData(2, 1, 0)] // Of an earlier feed.
    [InlineData(3, 1, MarketDataBatch.MissingMax)] // Beyond reason.
    public void Open_BatchThatBringsNothing_ChangesNothing(long epoch, int line, long ahead)
    {
        var stream = new InstrumentStream();
        Assert.True(stream.Open(Batch(3, 1, 3)));
        Assert.Equal([1, 2, 3], Rest(stream));
        Assert.True(stream.Open(Batch(3, 4, 2)));
        Assert.Equal([4, 5], Rest(stream));
        var before = stream.ToState();

        Assert.False(stream.Open(Batch(epoch, 7 + ahead, 2) with { Line = ahead > 0 ? 0 : line }));
        Assert.Empty(Rest(stream));
        Assert.Equal(before, stream.ToState());
        Assert.True(stream.Open(Batch(3, 6, 1)));
    }

    [Fact]
    public void Forwarded_PartsOfBatchesAndSnapshots_TakesEachOnceWhateverLineTheyCameBy()
    {
        var stream = InstrumentStream.Forwarded();
        var batch = Batch(9, 1_000_000_000, 10) with { Line = 1 };

        Assert.True(stream.Open(batch, 0, 4));
        Assert.True(stream.HasBegun);
        Assert.Equal([1_000_000_000, 1_000_000_001, 1_000_000_002, 1_000_000_003], Rest(stream));
        Assert.True(stream.Open(batch, 3, 6));
        Assert.False(stream.HasBegun);
        Assert.Equal([1_000_000_004, 1_000_000_005], Rest(stream));
        Assert.True(stream.Open(Batch(9, 0, 1), 0, 1));
        Assert.Equal([0], Rest(stream));
        Assert.True(stream.Open(Batch(9, 0, 1), 0, 1));
        Assert.Equal([0], Rest(stream));
        Assert.Equal(1_000_000_005, stream.LastSequence);
        Assert.False(stream.Open(Batch(8, 0, 1), 0, 1));
    }

    [Fact]
    public void GoBack_InTheMiddleOfABatch_ItsEventsAreNewAgain()
    {
        var stream = new InstrumentStream();
        stream.Open(Batch(1, 1, 3));
        Rest(stream);
        var batch = Batch(1, 6, 5);
        stream.Open(batch);
        Assert.True(stream.MoveNext() && stream.MoveNext());
        stream.GoBack();

        Assert.False(stream.MoveNext());
        Assert.Equal(4, stream.Expected(batch));
        stream.Open(batch);
        Assert.Equal([6, 7, 8, 9, 10], Rest(stream));
        Assert.Equal((2L, 0L), (stream.Missing, stream.Repeats));
    }

    [Fact]
    public void Adopt_NewFeed_ContinuesAsIfNothingHadBegun()
    {
        var stream = new InstrumentStream(new InstrumentStreamState { Repeats = 3, Missing = 4 });
        stream.Adopt(5);

        Assert.True(stream.Open(Batch(5, 1, 2)));
        Assert.False(stream.HasBegun);
        Assert.Equal([1, 2], Rest(stream));
        Assert.Equal((3L, 4L), (stream.Repeats, stream.Missing));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void MoveNext_SteadyState_AllocatesNothing(int lines)
    {
        var stream = new InstrumentStream(lines);
        MarketDataBatch[] batches =
        [
            .. Enumerable.Range(0, 400).SelectMany(i => Enumerable.Range(0, lines).Select(line => Batch(1, 1 + (10 * i), 10) with { Line = line })),
        ];
        Play(0, batches.Length / 4);

        Assert.Equal(0, Allocations.Least(round => Play(batches.Length / 4 * (round + 1), batches.Length / 4 * (round + 2))));
        Assert.Equal(4_000, stream.LastSequence);

        void Play(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                stream.Open(batches[i]);
                while (stream.MoveNext())
                {
                }
            }
        }
    }

    private static MarketDataBatch Batch(long epoch, long first, int count) => new(
        VenueRecord.Instrument,
        epoch,
        [
            .. Enumerable.Range(0, count).Select(i => new MarketEvent
            {
                Kind = MarketEventKind.Trade,
                Sequence = first + i,
                LastId = first + i,
                EventTime = new Timestamp(1_000_000 * (first + i)),
            }),
        ],
        [],
        default);

    private static List<long> Rest(InstrumentStream stream)
    {
        var taken = new List<long>();
        while (stream.MoveNext())
        {
            taken.Add(stream.Current.Sequence);
        }

        return taken;
    }

    private static (List<MarketEvent> Events, HashSet<long> Epochs, BookSynchronizer Book) Merge(
        (double At, int Line, long Epoch, MarketEvent Event, PriceLevel[] Levels)[] sent, InstrumentStream stream, int restoreAt)
    {
        var book = new BookSynchronizer(new OrderBook());
        var (events, epochs) = (new List<MarketEvent>(), new HashSet<long>());
        for (var i = 0; i < sent.Length; i++)
        {
            stream = i == restoreAt && stream.Epoch > 0 ? new InstrumentStream(stream.ToState()) : stream;
            var (_, line, epoch, marketEvent, levels) = sent[i];
            stream.Open(new MarketDataBatch(VenueRecord.Instrument, epoch, [marketEvent with { LevelsStart = 0 }], [.. levels], default, line));
            while (stream.MoveNext(book.IsInSync))
            {
                events.Add(stream.Current);
                epochs.Add(stream.Epoch);
                book.Apply(in stream.Current, stream.Levels);
            }
        }

        return (events, epochs, book);
    }
}
