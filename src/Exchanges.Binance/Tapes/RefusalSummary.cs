using System.Text.RegularExpressions;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>Counts the problems of tapes by reason, so that a million bad lines are a handful of messages.</summary>
public sealed partial class RefusalSummary
{
    private const int ReasonsMax = 20;

    private readonly Dictionary<string, (string First, long Count)> _reasons = new(StringComparer.Ordinal);
    private long _others;

    /// <summary>Adds a problem; those that differ only in place, numbers and quoted text are the same.</summary>
    public void Add(string problem)
    {
        var reason = Details().Replace(problem, "…");
        if (_reasons.TryGetValue(reason, out var known))
        {
            _reasons[reason] = known with { Count = known.Count + 1 };
        }
        else if (_reasons.Count < ReasonsMax)
        {
            _reasons.Add(reason, (problem, 1));
        }
        else
        {
            _others++;
        }
    }

    /// <summary>Returns one line for each reason: its first problem and the number of further ones.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var (first, count) in _reasons.Values)
        {
            yield return count == 1 ? first : $"{first} (and {count - 1} more for this reason)";
        }

        if (_others > 0)
        {
            yield return $"{_others} more problems for other reasons";
        }
    }

    [GeneratedRegex("""'[^']*'|"[^"]*"|[\d.,:+-]*\d[\d.,:]*""")]
    private static partial Regex Details();
}
