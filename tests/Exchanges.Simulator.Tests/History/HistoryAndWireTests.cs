using BtcAgent.Domain;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Frames;
using BtcAgent.Exchanges.Simulator.History;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Streams;

namespace BtcAgent.Exchanges.Simulator.Tests.History;

/// <summary>A model is trained on what the wire would have carried: one market, published both ways.</summary>
public sealed class HistoryAndWireTests
{
    private const long StartMs = 1_700_000_000_000;

    [Fact]
    public void OneMarket_ToldAsHistoryAndAsMessages_SaysTheSame()
    {
        var history = new List<Published>();
        var publisher = new HistoryPublisher((in e, levels) => history.Add(Published.Of(in e, levels)));
        var both = new BothWays(publisher);
        var market = new SimulatedMarket("BTCUSDT", 7, 60_000, 120, StartMs, both);
        market.RunUntil(StartMs + 20_000);
        publisher.Begin(market);
        both.IsTold = true;
        history.Clear();

        market.RunUntil(StartMs + 50_000);

        Assert.True(history.Count > 1_000, $"{history.Count} events");
        Assert.Equal(both.Wire.Count, history.Count);
        for (var i = 0; i < history.Count; i++)
        {
            Assert.True(both.Wire[i] == history[i], $"event {i}: {history[i]}, on the wire {both.Wire[i]}");
        }

        Assert.Equal([MarketEventKind.Trade, MarketEventKind.Quote, MarketEventKind.BookDelta], history.Select(h => h.Kind).Distinct().Order());
    }

    /// <summary>An event without the fields that only a feed adds: its sequence and our clock.</summary>
    private sealed record Published(
        MarketEventKind Kind, Timestamp EventTime, long FirstId, long LastId, Price Price, Quantity Quantity, Price Ask, Quantity AskQuantity, Side Aggressor, int Bids, string Levels)
    {
        public static Published Of(in MarketEvent e, ReadOnlySpan<PriceLevel> levels) => new(
            e.Kind, e.EventTime, e.Kind == MarketEventKind.Quote ? 0 : e.FirstId, e.LastId, e.Price, e.Quantity, e.AskPrice, e.AskQuantity,
            e.Kind == MarketEventKind.Trade ? e.Aggressor : default, e.BidCount, string.Join(" ", levels.ToArray()));
    }

    private sealed class BothWays(IMarketPublisher history) : IMarketPublisher
    {
        private readonly BinanceFrameParser _parser = new("BTCUSDT");

        public List<Published> Wire { get; } = [];

        public bool IsTold { get; set; }

        public void Trade(in VenueTrade trade)
        {
            history.Trade(in trade);
            Read("trade", VenueMessages.Trade("BTCUSDT", in trade));
        }

        public void Top(long updateId, Quote top)
        {
            history.Top(updateId, top);
            Read("bookTicker", VenueMessages.BookTicker("BTCUSDT", updateId, top));
        }

        public void Depth(DepthChanges changes, long timeMs, bool isFast)
        {
            history.Depth(changes, timeMs, isFast);
            if (isFast)
            {
                Read("depth@100ms", VenueMessages.Depth("BTCUSDT", timeMs, changes));
            }
        }

        public void Kline(VenueKline kline, long timeMs, bool isClosed) => history.Kline(kline, timeMs, isClosed);

        public void ReferencePrice(ReferencePrice reference, long timeMs) => history.ReferencePrice(reference, timeMs);

        private void Read(string stream, byte[] message)
        {
            byte[] frame = [.. System.Text.Encoding.ASCII.GetBytes($"{{\"stream\":\"btcusdt@{stream}\",\"data\":"), .. message, (byte)'}'];
            if (IsTold)
            {
                Assert.Equal(FrameOutcome.Event, _parser.Parse(frame, default, 1, out var e));
                Wire.Add(Published.Of(in e, _parser.Levels));
            }
        }
    }
}
