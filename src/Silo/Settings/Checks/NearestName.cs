namespace BtcAgent.Silo.Settings.Checks;

/// <summary>Finds the intended name of a misspelt one.</summary>
internal static class NearestName
{
    /// <summary>Returns the nearest name; null if more than a third of the letters differ.</summary>
    public static string? Of(string text, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: Distance(text, name)))
        .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(text.Length, candidate.Name.Length) / 3))
        .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>
    /// Returns the number of inserted, deleted, replaced or swapped letters, ignoring case (optimal string alignment).
    /// </summary>
    public static int Distance(string a, string b)
    {
        a = a.ToUpperInvariant();
        b = b.ToUpperInvariant();
        var costs = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    costs[i, j] = i + j;
                    continue;
                }

                var changed = costs[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(changed, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }

        return costs[a.Length, b.Length];
    }
}
