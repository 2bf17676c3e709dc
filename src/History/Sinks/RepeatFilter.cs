using System.IO.Hashing;
using System.Runtime.InteropServices;
using BtcAgent.Contracts.Wire.V1;
using Google.Protobuf;

namespace BtcAgent.History.Sinks;

/// <summary>
/// Drops facts of one partition that it has seen before. It remembers the identities of the last facts, and for market data the
/// last sequence of each line: a writer that crashed repeats only what it wrote last. Of two lines it lets the first copy of each
/// trade and quote pass.
/// </summary>
internal sealed class RepeatFilter
{
    /// <summary>Facts remembered: more than a writer has in flight when it crashes.</summary>
    public const int Window = 5_000;

    private readonly HashSet<UInt128> _seen = [];
    private readonly Queue<UInt128> _order = new();
    private readonly Dictionary<(string Instrument, int Line), (long Epoch, long Sequence)> _lines = [];
    private readonly LineCopies _copies = new();

    /// <param name="message">The fact.</param>
    /// <param name="offset">Its offset; higher than that of the fact before.</param>
    /// <returns>The fact, without events that were seen before; null when nothing of it is new.</returns>
    public IMessage? Pass(IMessage message, long offset) => message is MarketDataBatch batch
        ? PassMarket(batch) is { } rest ? _copies.Pass(rest, offset) : null
        : IsNew(Identity(message)) ? message : null;

    private MarketDataBatch? PassMarket(MarketDataBatch batch)
    {
        var line = (batch.Instrument, batch.Line);
        var (epoch, sequence) = _lines.GetValueOrDefault(line, (long.MinValue, 0));
        if (batch.Events.Count == 0 || batch.FeedEpoch < epoch)
        {
            return null; // Of a reader that has lost the line.
        }

        var last = batch.FeedEpoch > epoch ? 0 : sequence;
        if (batch.Events[^1].Sequence <= last)
        {
            return null;
        }

        _lines[line] = (batch.FeedEpoch, batch.Events[^1].Sequence);
        if (batch.Events[0].Sequence > last)
        {
            return batch;
        }

        var rest = batch.Clone();
        while (rest.Events[0].Sequence <= last)
        {
            rest.Events.RemoveAt(0);
        }

        return rest;
    }

    private bool IsNew(string identity)
    {
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(identity.AsSpan()));
        if (!_seen.Add(hash))
        {
            return false;
        }

        _order.Enqueue(hash);
        if (_order.Count > Window)
        {
            _seen.Remove(_order.Dequeue());
        }

        return true;
    }

    private static string Identity(IMessage message) => message switch
    {
        FeatureVector sample => $"{sample.Instrument} {sample.EventTime}",
        TradingSignal signal => $"{signal.Instrument} {signal.Strategy} {signal.EventTime}",
        RiskDecision decision => decision.Id,
        TradeExecution fill => $"{fill.Portfolio} {fill.Instrument} {fill.TradeId}",
        OrderTransition order => $"{order.ClientOrderId} {order.Status} {order.FilledQuantity} {order.Quantity} {order.UpdatedAt}",
        PortfolioMark mark => $"{mark.Portfolio} {mark.Revision} {mark.EventTime}",
        ClosedBar bar => $"{bar.Instrument} {bar.Interval} {bar.OpenTime}",
        BookDepth book => $"{book.Instrument} {book.EventTime}",
        _ => message.ToByteString().ToBase64(),
    };
}
