namespace BtcAgent.Silo.Logs;

/// <summary>
/// Counts lines of one kind, and lets only the first few of each minute through. At most <see cref="KindsMax"/> kinds are told
/// apart; what comes beyond shares one count.
/// </summary>
internal sealed class RepeatedLines(TimeProvider time)
{
    /// <summary>Lines of a kind that pass in a window.</summary>
    public const int Burst = 5;

    public const int KindsMax = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<LineKind, Count> _counts = [];
    private readonly Lock _lock = new();

    /// <param name="kind">Of the line.</param>
    /// <param name="text">Makes its text, of the first that is held back.</param>
    /// <returns>False when it is to be held back.</returns>
    public bool Passes(LineKind kind, Func<string> text)
    {
        lock (_lock)
        {
            if (!_counts.TryGetValue(kind, out var count))
            {
                kind = _counts.Count < KindsMax ? kind : LineKind.Other;
                if (!_counts.TryGetValue(kind, out count))
                {
                    _counts[kind] = count = new Count { Since = time.GetTimestamp() };
                }
            }

            if (count.Passed < Burst)
            {
                count.Passed++;
                return true;
            }

            count.HeldBack++;
            count.Text ??= text();
            return false;
        }
    }

    /// <summary>What was held back in windows that have ended; those kinds begin anew.</summary>
    /// <param name="all">Also of windows that have not.</param>
    public IReadOnlyList<(LineKind Kind, long Count, string Text)> Take(bool all = false)
    {
        lock (_lock)
        {
            var ended = _counts.Where(entry => all || time.GetElapsedTime(entry.Value.Since) >= Window).ToList();
            foreach (var (kind, _) in ended)
            {
                _counts.Remove(kind);
            }

            return [.. ended.Where(entry => entry.Value.HeldBack > 0).Select(entry => (entry.Key, entry.Value.HeldBack, entry.Value.Text!))];
        }
    }

    private sealed class Count
    {
        public long Since { get; init; }

        public int Passed { get; set; }

        public long HeldBack { get; set; }

        public string? Text { get; set; }
    }
}
