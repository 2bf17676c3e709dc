using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution.Venue;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>
/// Which of the venue's trades have been counted: all up to an id, and single ones above it. The id stays behind the newest
/// trades, since a venue may list a trade after one with a higher id.
/// </summary>
internal sealed class CountedTrades
{
    /// <summary>Trades are read again until they are this old: 60 s.</summary>
    public static readonly TimeSpan HeldBack = TimeSpan.FromSeconds(60);

    /// <summary>Most single ids kept, even of young trades, which bounds the size of a write.</summary>
    public const int SeenMax = 2_000;

    private ImmutableSortedSet<long> _seen = [];

    /// <summary>Null before the account was first read.</summary>
    public long? ReadTo { get; private set; }

    public ImmutableSortedSet<long> Seen => _seen;

    public static bool IsId(string tradeId) => Number(tradeId) >= 0;

    public void Restore(long? readTo, ImmutableSortedSet<long> seen) => (ReadTo, _seen) = (readTo, seen);

    public void OpenAt(long lastTradeId) => ReadTo = lastTradeId;

    public bool HasSeen(string tradeId) => Number(tradeId) is { } id && _seen.Contains(id);

    public bool IsUpTo(string tradeId, long? limit) => Number(tradeId) is { } id && id <= limit;

    public bool Has(string tradeId) => HasSeen(tradeId) || IsUpTo(tradeId, ReadTo);

    public void Add(string tradeId)
    {
        if (Number(tradeId) is { } id && !(id <= ReadTo))
        {
            _seen = _seen.Add(id);
        }
    }

    /// <param name="listed">All trades from the first requested one on, oldest first.</param>
    /// <param name="askedAt">Our clock at the request.</param>
    /// <returns>True when the mark moved.</returns>
    public bool MoveOn(IReadOnlyList<VenueFill> listed, Timestamp askedAt)
    {
        var before = ReadTo;
        var now = listed.Select(trade => trade.EventTime).Append(askedAt).Max();
        var surplus = _seen.Count - SeenMax;
        foreach (var trade in listed.Where(trade => !(trade.TradeId <= ReadTo)))
        {
            var isOld = now.UnixNanoseconds - trade.EventTime.UnixNanoseconds > HeldBack.Ticks * 100;
            if (!_seen.Contains(trade.TradeId) || !(isOld || surplus > 0))
            {
                break;
            }

            ReadTo = trade.TradeId;
            surplus--;
        }

        if (ReadTo == before)
        {
            return false;
        }

        _seen = _seen.Except(_seen.Where(id => id <= ReadTo));
        return true;
    }

    private static long? Number(string tradeId) =>
        long.TryParse(tradeId, NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) ? id : null;
}
