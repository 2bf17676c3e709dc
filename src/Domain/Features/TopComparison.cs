using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>
/// Checks the rebuilt book against the venue's own best quotes: the top after a depth update to id u must equal the last
/// quote with an id ≤ u. Quotes arrive on another stream and may be ahead, so the newest few are kept.
/// </summary>
internal sealed class TopComparison : IStateful
{
    private const int QuotesKept = 256;

    private readonly (long UpdateId, Quote Quote)[] _quotes = new (long, Quote)[QuotesKept];
    private long _count;

    public long Matches { get; private set; }

    public long Comparable { get; private set; }

    public void OnQuote(long updateId, in Quote quote)
    {
        _quotes[_count % QuotesKept] = (updateId, quote);
        _count++;
    }

    public void OnDepth(long lastUpdateId, in Quote top)
    {
        for (var back = 1; back <= Math.Min(_count, QuotesKept); back++)
        {
            ref readonly var candidate = ref _quotes[(_count - back) % QuotesKept];
            if (candidate.UpdateId <= lastUpdateId)
            {
                Comparable++;
                Matches += candidate.Quote == top ? 1 : 0;
                return;
            }
        }
    }

    public void Forget() => _count = 0;

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        foreach (var (updateId, quote) in _quotes)
        {
            writer.Write(updateId);
            quote.Save(writer);
        }

        writer.Write(_count);
        writer.Write(Matches);
        writer.Write(Comparable);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(TopComparison), 1);
        foreach (ref var entry in _quotes.AsSpan())
        {
            entry = (reader.ReadLong(), Quote.Load(reader));
        }

        _count = reader.ReadLong();
        Matches = reader.ReadLong();
        Comparable = reader.ReadLong();
    }
}
