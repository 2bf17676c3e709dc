using System.Collections.Frozen;

namespace BtcAgent.Strategies.Checks;

/// <summary>The members that are banned in this program too, from the lists of its analyzer (<c>src/BannedSymbols*.txt</c>).</summary>
internal static class BannedList
{
    private static readonly string[] Files = ["BannedSymbols.txt", "BannedSymbols.Libraries.txt"];

    /// <returns>Messages by documentation id, such as <c>P:System.DateTime.Now</c>.</returns>
    public static FrozenDictionary<string, string> Read() => Files
        .SelectMany(Lines)
        .Select(line => line.Split(';', 2))
        .ToFrozenDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(BannedList).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"the program has no resource {file}");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
