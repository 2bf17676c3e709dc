using System.Collections.Immutable;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>The doubts of one execution, oldest first: the open ones, and the last settled ones.</summary>
internal sealed class DoubtList
{
    /// <summary>Most doubts kept; settled ones are dropped first, then the oldest.</summary>
    public const int KeptMax = 32;

    private readonly HashSet<string> _announced = new(StringComparer.Ordinal);
    private ImmutableArray<Doubt> _kept = [];

    public ImmutableArray<Doubt> Kept => _kept;

    /// <summary>Number of doubts raised by this instance, including repeats.</summary>
    public long Raised { get; private set; }

    public string? LastWords { get; private set; }

    /// <summary>A doubt about money halts; a doubt that the venue's records can settle reduces until they do.</summary>
    public static DoubtAction ActionOf(DoubtKind kind) =>
        kind is DoubtKind.Overfill or DoubtKind.CountAhead ? DoubtAction.Halt : DoubtAction.Reduce;

    public void Restore(ImmutableArray<Doubt> stored) => _kept = stored;

    /// <returns>True when the doubt is new; false when it was already open and is only counted.</returns>
    public bool Raise(DoubtKind kind, string subject, string words, string payload, Timestamp eventTime)
    {
        Raised++;
        subject = Cut(subject, Doubt.WordsMax);
        words = Cut(words, Doubt.WordsMax);
        LastWords = words;
        payload = Cut(payload, Doubt.PayloadMax);
        var id = $"{kind}-{subject}";

        // A settled doubt stays settled while the venue reports exactly the same, as for an order of an unknown type.
        var known = _kept.FirstOrDefault(doubt => doubt.Id == id && (doubt.IsOpen || (doubt.Words == words && doubt.Payload == payload)));
        if (known is not null)
        {
            _kept = _kept.Replace(known, known with { Count = known.Count + 1 });
            return false;
        }

        if (_kept.Length >= KeptMax)
        {
            _kept = _kept.Remove(_kept.FirstOrDefault(doubt => !doubt.IsOpen) ?? _kept[0]);
        }

        _kept = _kept.Add(new Doubt(id, kind, ActionOf(kind), subject, words, payload, eventTime, 1, IsOpen: true));
        return true;
    }

    /// <returns>True when there was an open doubt.</returns>
    public bool SettleAll()
    {
        _announced.Clear();
        if (_kept.All(doubt => !doubt.IsOpen))
        {
            return false;
        }

        _kept = [.. _kept.Select(doubt => doubt with { IsOpen = false })];
        return true;
    }

    /// <summary>Returns each open doubt once per activation.</summary>
    public ImmutableArray<Doubt> TakeNew() => [.. _kept.Where(doubt => doubt.IsOpen && _announced.Add(doubt.Id))];

    private static string Cut(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
