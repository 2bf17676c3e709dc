using BtcAgent.Contracts.Wire.V1;
using Google.Protobuf;

namespace BtcAgent.History.Tests.Sinks;

/// <summary>
/// Two readers of one venue as they publish to one partition: each lags, loses its connection now and then, and is read again by a
/// new reader; batches of the two are mixed at random, in order within a line.
/// </summary>
internal sealed class TwoLines
{
    private const long Start = 1_795_910_400_000_000_000;
    private const long Millisecond = 1_000_000;

    private readonly Random _random;
    private readonly Queue<MarketDataBatch>[] _lines = [new(), new()];

    public TwoLines(int seed, int trades)
    {
        _random = new Random(seed);
        for (var line = 0; line < 2; line++)
        {
            Read(line, trades);
        }

        while (_lines[0].Count + _lines[1].Count > 0)
        {
            // One line is ahead for a while, then the other one.
            var line = _random.Next(2);
            for (var i = _random.Next(1, 60); i > 0 && _lines[line].TryDequeue(out var batch); i--)
            {
                Batches.Add(batch);
            }
        }
    }

    public List<MarketDataBatch> Batches { get; } = [];

    /// <summary>Each trade and quote that at least one line delivered, once.</summary>
    public IReadOnlyList<(MarketEventKind Kind, long Id)> Expected =>
        [.. Batches.SelectMany(batch => batch.Events).Select(one => (one.Kind, one.LastId)).Distinct().Order()];

    public IEnumerable<byte[]> Payloads => Batches.Select(batch => batch.ToByteArray());

    private void Read(int line, int trades)
    {
        var (epoch, sequence) = (1L, 0L);
        var batch = Batch(line, epoch);
        var id = 1 + _random.Next(20); // Neither begins with the first trade, nor both with the same.
        for (; id <= trades; id++)
        {
            if (_random.NextDouble() < 0.01)
            {
                id += _random.Next(1, 40);
                (epoch, sequence) = _random.Next(2) == 0 ? (epoch + 1, 0) : (epoch, sequence);
                batch = Batch(line, epoch);
            }

            batch.Events.Add(Event(MarketEventKind.Trade, id, ++sequence, Start + (id * Millisecond)));
            if (id % 3 == 0)
            {
                batch.Events.Add(Event(MarketEventKind.Quote, id * 7L, ++sequence, 0)); // Ids of quotes have holes, and quotes no time.
            }

            if (batch.Events.Count >= 1 + _random.Next(8))
            {
                batch = Batch(line, epoch);
            }
        }
    }

    private MarketDataBatch Batch(int line, long epoch)
    {
        if (_lines[line].LastOrDefault() is { Events.Count: 0 } unused)
        {
            unused.FeedEpoch = epoch;
            return unused;
        }

        var batch = new MarketDataBatch { Instrument = "BINANCE:BTCUSDT", FeedEpoch = epoch, Line = line };
        _lines[line].Enqueue(batch);
        return batch;
    }

    private static MarketEvent Event(MarketEventKind kind, long id, long sequence, long time) => new()
    {
        Kind = kind,
        Sequence = sequence,
        EventTime = time,
        ReceiveTime = Start + (id * Millisecond) + 10,
        FirstId = id,
        LastId = id,
        Price = 100_000_000,
        Quantity = 1,
        AskPrice = 200_000_000,
        AskQuantity = 1,
        Aggressor = Side.Buy,
    };
}
