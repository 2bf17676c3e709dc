using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Tests.MarketData.Lines;

/// <summary>One reader of a <see cref="VenueRecord"/>: its messages and when they arrive, in events of the venue.</summary>
/// <param name="venue">The venue that it reads.</param>
/// <param name="line">0 or 1.</param>
/// <param name="random">Random source of the run.</param>
/// <param name="lag">Delay of each message, in events of the venue; null for a random one each time.</param>
internal sealed class LineReader(VenueRecord venue, int line, Random random, double? lag = null)
{
    /// <summary>Largest delay of a line's message, in events of the venue.</summary>
    public const int LagMax = 6;

    /// <summary>Events between a connection and its snapshot.</summary>
    private const int SnapshotAfterMax = 8;

    private readonly List<(double At, int Line, long Epoch, MarketEvent Event, PriceLevel[] Levels)> _sent = [];
    private double _at;
    private long _epoch;
    private long _sequence;

    public IReadOnlyList<(double At, int Line, long Epoch, MarketEvent Event, PriceLevel[] Levels)> Sent => _sent;

    /// <summary>A new process with a new epoch.</summary>
    public LineReader Start()
    {
        _epoch++;
        _sequence = 0;
        return this;
    }

    /// <summary>
    /// Reads from one event of the venue to another; the snapshot arrives shortly after the first book update.
    /// </summary>
    public LineReader Read(int from, int to)
    {
        // An answer of the venue's REST interface takes longer than its first book update.
        var delta = Enumerable.Range(from, to - from).First(i => i == to - 1 || venue.Events[i].Event.Kind == MarketEventKind.BookDelta);
        var snapshot = Math.Min(to - 1, delta + random.Next(1, SnapshotAfterMax));
        var seenBySnapshot = random.Next(from, snapshot + 1);
        for (var i = from; i < to; i++)
        {
            Send(i, venue.Events[i].Event, venue.Events[i].Levels);
            if (i == snapshot)
            {
                Send(i, venue.Snapshots[seenBySnapshot].Event, venue.Snapshots[seenBySnapshot].Levels);
            }
        }

        return this;
    }

    public LineReader Interrupt(int at)
    {
        Send(at, new MarketEvent { Kind = MarketEventKind.FeedInterrupted }, []);
        return this;
    }

    private void Send(int place, MarketEvent marketEvent, PriceLevel[] levels)
    {
        // A line keeps its order, whatever the network does.
        _at = Math.Max(_at, place + (lag ?? (random.NextDouble() * LagMax)));
        _sent.Add((_at, line, _epoch, marketEvent with { Sequence = ++_sequence }, levels));
        if (random.Next(20) == 0)
        {
            // A message is repeated.
            _sent.Add(_sent[^1]);
        }
    }
}
