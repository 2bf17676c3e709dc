using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Grains.Features;
using BtcAgent.Silo.Cluster;

namespace BtcAgent.Silo.Tests.Cluster;

public sealed class StateSerializerTests
{
    [Fact]
    public void Deserialize_TwoLinesOfAVenue_GoOnWhereTheyStood()
    {
        var stream = new InstrumentStream(lines: 2);
        Offer(stream, 0, 1, MarketEventKind.BookDelta, 1, 10);
        Offer(stream, 1, 1, MarketEventKind.BookDelta, 1, 10);
        Offer(stream, 0, 2, MarketEventKind.Trade, 7, 7);
        Offer(stream, 1, 2, MarketEventKind.Trade, 3, 3);
        Offer(stream, 0, 3, MarketEventKind.BookDelta, 21, 30);
        var serializer = new StateSerializer();

        var stored = serializer.Serialize(new FeatureGrainState { Lines = stream.ToState().Lines });
        var restored = new InstrumentStream(new InstrumentStreamState { Lines = serializer.Deserialize<FeatureGrainState>(stored).Lines });

        Assert.Equal(stored.ToString(), serializer.Serialize(new FeatureGrainState { Lines = restored.ToState().Lines }).ToString());
        Assert.Equal(["BookDelta 11 2", "BookDelta 21 2"], Offer(restored, 1, 3, MarketEventKind.BookDelta, 11, 20));
        Assert.Equal(["Trade 5 2"], Offer(restored, 1, 4, MarketEventKind.Trade, 5, 5));
        Assert.Empty(Offer(restored, 1, 5, MarketEventKind.Trade, 3, 3));
    }

    private static List<string> Offer(InstrumentStream stream, int line, long sequence, MarketEventKind kind, long first, long last)
    {
        PriceLevel[] levels = [new(Price.FromUnits(100), Quantity.FromUnits(1)), new(Price.FromUnits(200), Quantity.FromUnits(2))];
        var marketEvent = new MarketEvent
        {
            Kind = kind,
            Sequence = sequence,
            EventTime = new Timestamp(1_000_000 * sequence),
            FirstId = first,
            LastId = last,
            BidCount = 1,
            AskCount = 1,
        };
        var batch = new MarketDataBatch(InstrumentId.Parse("BINANCE:BTCUSDT"), 5 + line, [marketEvent], [.. levels], default, line);
        var taken = new List<string>();
        stream.Open(batch);
        while (stream.MoveNext())
        {
            taken.Add($"{stream.Current.Kind} {stream.Current.FirstId} {stream.Levels.Length}");
        }

        return taken;
    }
}
