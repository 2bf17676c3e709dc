namespace BtcAgent.History.Live;

/// <summary>
/// The last quote of each instrument, once for all subscribers: a new quote replaces the former one, and each subscriber takes those that are newer
/// than its last look. One thread writes, any number read.
/// </summary>
internal sealed class QuoteBoard
{
    private volatile Entry[] _entries = [];
    private long _version;

    /// <summary>Grows with each quote.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>The quotes at one moment; the array is never changed.</summary>
    public ReadOnlySpan<Entry> Entries => _entries;

    public void Put(IReadOnlyList<LiveRow> quotes)
    {
        if (quotes.Count == 0)
        {
            return;
        }

        var entries = _entries.ToList();
        var version = _version;
        foreach (var quote in quotes)
        {
            var entry = new Entry(quote, ++version);
            var place = entries.FindIndex(one => one.Quote.Instrument == quote.Instrument);
            if (place < 0)
            {
                entries.Add(entry);
            }
            else
            {
                entries[place] = entry;
            }
        }

        _entries = [.. entries];
        Volatile.Write(ref _version, version);
    }

    /// <param name="Quote">The quote.</param>
    /// <param name="Version">The board's version with which it came.</param>
    internal readonly record struct Entry(LiveRow Quote, long Version);
}
