namespace BtcAgent.Client.Audits;

/// <summary>
/// Limits the entries for refused requests of one sender, so that a flood cannot fill the disk; what exceeds it is counted into
/// the next entry. Thread-safe.
/// </summary>
internal sealed class RefusalQuota(TimeProvider time)
{
    /// <summary>Entries for refused requests of one name a minute; callers without a key share one name.</summary>
    public const int PerMinute = 30;

    private const int NamesMax = 512;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long StartedAt, int Count, long Skipped)> _windows = new(StringComparer.Ordinal);

    /// <returns>The refused requests since the last entry that have none; null when this one gets none either.</returns>
    public long? Take(string name)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            var window = _windows.GetValueOrDefault(name, (StartedAt: now, Count: 0, Skipped: 0));
            if (time.GetElapsedTime(window.StartedAt, now) >= Window)
            {
                window = (now, 0, window.Skipped);
            }

            if (window.Count >= PerMinute)
            {
                _windows[name] = window with { Skipped = window.Skipped + 1 };
                return null;
            }

            if (_windows.Count >= NamesMax && !_windows.ContainsKey(name))
            {
                _windows.Clear();
            }

            _windows[name] = (window.StartedAt, window.Count + 1, 0);
            return window.Skipped;
        }
    }
}
