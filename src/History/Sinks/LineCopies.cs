using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks;

/// <summary>
/// Finds the second copies of trades and quotes where two lines read one venue. A line sends ascending ids, so an id is a copy when
/// the other line is past it and did not leave it out.
/// 1. An answer depends on nothing but the facts of the last <see cref="Window"/> offsets: a sink that continues at a checkpoint
///    reads these again and then answers as if it had never stopped.
/// 2. An id that a line left out is not a copy as long as the line's event before it is within the window.
/// 3. Memory is bounded: at most twice <see cref="LineIds.GapsMax"/> ranges per instrument, line and kind.
/// </summary>
internal sealed class LineCopies
{
    /// <summary>Offsets that count. In a partition with twenty busy instruments they span half a minute.</summary>
    public const int Window = 20_000;

    private readonly Dictionary<string, LinePair> _instruments = new(StringComparer.Ordinal);

    /// <summary>Notes the events of a batch, and returns those that the other line has not sent.</summary>
    /// <param name="batch">Events of one line, none of them a repeat within its line.</param>
    /// <param name="offset">Offset of the batch.</param>
    /// <returns>The batch itself when nothing is a copy; null when everything is.</returns>
    public MarketDataBatch? Pass(MarketDataBatch batch, long offset)
    {
        if (batch.Line is < 0 or > 1)
        {
            return batch; // Of a newer version: there is nothing to compare it with.
        }

        if (!_instruments.TryGetValue(batch.Instrument, out var lines))
        {
            _instruments.Add(batch.Instrument, lines = new LinePair());
        }

        if (batch.Events[0].Sequence == 1)
        {
            lines.Begin(batch.Line, offset);
        }

        MarketDataBatch? rest = null;
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var isCopy = lines.IsCopy(batch.Line, batch.Events[i], offset);
            if (isCopy && rest is null)
            {
                rest = batch.Clone();
                while (rest.Events.Count > i)
                {
                    rest.Events.RemoveAt(rest.Events.Count - 1);
                }
            }
            else if (!isCopy)
            {
                rest?.Events.Add(batch.Events[i]);
            }
        }

        return rest is null ? batch : rest.Events.Count > 0 ? rest : null;
    }

    /// <summary>The ids that the two lines of an instrument have sent.</summary>
    private sealed class LinePair
    {
        private readonly LineIds[] _trades = [new(), new()];
        private readonly LineIds[] _quotes = [new(), new()];

        public void Begin(int line, long offset)
        {
            _trades[line].Begin(offset);
            _quotes[line].Begin(offset);
        }

        /// <summary>Notes an event of a line, and returns whether the other line has sent it.</summary>
        public bool IsCopy(int line, MarketEvent one, long offset)
        {
            if (one.Kind is not (MarketEventKind.Trade or MarketEventKind.Quote))
            {
                return false; // Book updates belong to the order of one line.
            }

            var ids = one.Kind == MarketEventKind.Trade ? _trades : _quotes;
            if (ids[line].IsNumberedAgain(one))
            {
                // Quotes have no venue time: trades show that the venue began its ids again.
                _trades[line].Forget();
                _quotes[line].Forget();
            }

            ids[line].Note(one, offset);
            return ids[1 - line].HasSent(one, offset);
        }
    }
}
