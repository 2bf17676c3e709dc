namespace BtcAgent.Silo.Logs;

/// <summary>
/// Counts lines by kind, and passes only the first few of each minute. Distinguishes at most <see cref="KindsMax"/> kinds;
/// further ones share one count.
/// </summary>
internal sealed class RepeatedLines(TimeProvider time)
{
    /// <summary>Maximum number of lines of one kind per window.</summary>
    public const int Burst = 5;

    public const int KindsMax = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<LineKind, Count> _counts = [];
    private readonly Lock _lock = new();

    /// <param name="kind">Kind of the line.</param>
    /// <param name="text">Formats its text; called only for the first suppressed line.</param>
    /// <returns>False when the line must be suppressed.</returns>
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

    /// <summary>Returns the suppressed lines of ended windows and resets those kinds.</summary>
    /// <param name="all">True to include windows that have not ended.</param>
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
