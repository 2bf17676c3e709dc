using System.Globalization;
using System.Text;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Assesses whether a tape fits the instrument: its symbols, and whether its snapshots, which name no symbol, meet its quotes.
/// </summary>
public sealed class TapeContent(InstrumentId instrument)
{
    /// <summary>Largest distance of a snapshot's mid from the next quote, as a fraction, in which it can be of this symbol.</summary>
    private const double DistanceMax = 0.02;

    private const int SymbolsMax = 8;

    private readonly SortedDictionary<string, long> _others = new(StringComparer.Ordinal);

    /// <summary>Counts a frame of another symbol.</summary>
    public void CountOther(ReadOnlySpan<byte> frame)
    {
        var symbol = SymbolOf(frame);
        if (_others.TryGetValue(symbol, out var count) || _others.Count < SymbolsMax)
        {
            _others[symbol] = count + 1;
        }
    }

    /// <summary>Returns what does not fit, one line each; empty for a tape of this instrument alone.</summary>
    /// <param name="counts">Counts of the tape.</param>
    /// <param name="foreignSnapshots">Refused snapshots; see <see cref="IsForeign"/>.</param>
    public IEnumerable<string> Remarks(TapeStatistics counts, long foreignSnapshots)
    {
        if (_others.Count > 0)
        {
            yield return $"the tape contains other symbols, skipped: {Others()}"
                + (counts.BookSnapshots > 0 ? "; snapshots name no symbol and are attributed to " + instrument.Symbol : "");
        }

        if (foreignSnapshots > 0)
        {
            yield return Text($"{foreignSnapshots} of {counts.BookSnapshots} snapshots are refused: their prices are more than {DistanceMax:P0} away from the next quote of {instrument.Symbol}, so they are of another symbol");
        }

        if (counts.BookDeltas > 0 && counts.BookSnapshots == foreignSnapshots)
        {
            yield return Text($"the tape has no snapshot of {instrument.Symbol}: {counts.BookDeltas} depth updates cannot be applied, and features of the book stay unknown; record with --record, which fetches one");
        }
    }

    /// <summary>Returns why nothing of the tape can be used, or null.</summary>
    public string? WhyUseless(TapeStatistics counts, long foreignSnapshots)
    {
        if (counts.Trades + counts.Quotes + counts.BookDeltas + counts.BookSnapshots == 0)
        {
            return _others.Count > 0
                ? $"the tape has no frame of {instrument.Symbol}, only of {Others()}: name one with --instrument {instrument.Venue}:{_others.MaxBy(other => other.Value).Key}"
                : Text($"the tape has no usable frame: {counts.Frames} frames, {counts.Refusals} refused, {counts.BadLines} lines without a frame, {counts.Klines} klines");
        }

        return counts.Trades + counts.Quotes == 0 && counts.BookSnapshots == foreignSnapshots
            ? Text($"the tape has {counts.BookDeltas} depth updates of {instrument.Symbol}, but no trade, no quote and no usable snapshot: nothing can be computed from it")
            : null;
    }

    /// <summary>True if the snapshot cannot be of the symbol of the quotes.</summary>
    /// <param name="mid">Mid of the snapshot.</param>
    /// <param name="quote">Mid of the first quote after it.</param>
    public static bool IsForeign(double mid, double quote) => Math.Abs(mid - quote) > DistanceMax * quote;

    private string Others() => string.Join(", ", _others.Select(other => Text($"{other.Key} ({other.Value} frames)")));

    private static string SymbolOf(ReadOnlySpan<byte> frame)
    {
        var at = frame.IndexOf("\"s\":\""u8);
        if (at < 0)
        {
            return "?";
        }

        var rest = frame[(at + 5)..];
        var end = rest.IndexOf((byte)'"');
        const int Longest = 20;
        return end is > 0 and <= Longest && !rest[..end].ContainsAnyExceptInRange((byte)'!', (byte)'~') ? Encoding.ASCII.GetString(rest[..end]) : "?";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
