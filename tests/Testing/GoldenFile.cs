using System.Reflection;

namespace BtcAgent.Testing;

/// <summary>
/// A stored or sent shape as checked-in text, in the folder <c>Golden</c> of the test project: what changes it shows in the
/// difference of a commit.
/// </summary>
public static class GoldenFile
{
    /// <summary>Set to 1, the files are written instead of compared.</summary>
    public const string WriteVariable = "BTCAGENT_WRITE_GOLDEN";

    private const int ShownMax = 60;

    /// <summary>Pairs of lines that are compared; beyond it the whole middle is shown.</summary>
    private const long ComparedMax = 25_000_000;

    private static readonly string Project = Assembly.GetExecutingAssembly().GetName().Name!["BtcAgent.".Length..];

    /// <summary>The test project's folder of golden files.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "tests", Project, "Golden");

    /// <summary>True while the files are written.</summary>
    public static bool IsWriting => Environment.GetEnvironmentVariable(WriteVariable) == "1";

    /// <summary>Fails, with the difference and what to do, when the shape is another one than the file's.</summary>
    /// <param name="name">Below <see cref="Folder"/>, such as <c>State/risk.json</c>.</param>
    /// <param name="actual">The shape now; lines end with <c>\n</c>.</param>
    public static void Check(string name, string actual)
    {
        var path = Path.Combine(Folder, name);
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (IsWriting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : null;
        if (expected != actual)
        {
            Assert.Fail(Explain(name, expected, actual));
        }
    }

    /// <summary>Fails when files lie there that no shape belongs to.</summary>
    /// <param name="subfolder">Of <see cref="Folder"/>.</param>
    /// <param name="names">File names that belong there.</param>
    public static void CheckNoOthers(string subfolder, IEnumerable<string> names)
    {
        var folder = Path.Combine(Folder, subfolder);
        string[] others = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Except(names).Order(StringComparer.Ordinal)];
        if (IsWriting)
        {
            Array.ForEach(others, other => File.Delete(Path.Combine(folder, other)));
            return;
        }

        Assert.True(others.Length == 0, $"no shape belongs to {string.Join(", ", others)} in tests/{Project}/Golden/{subfolder}: {Remedy}");
    }

    /// <summary>What the message of a difference says, for a test of it.</summary>
    internal static string Explain(string name, string? expected, string actual) =>
        expected is null
            ? $"tests/{Project}/Golden/{name} is not there: a stored or sent shape needs one. To write it: {Remedy}\n{Difference("", actual)}"
            : $"tests/{Project}/Golden/{name} differs (- was, + is): what was stored or sent before must still be read. Where that holds and the "
                + $"change is meant: {Remedy}\n{Difference(expected, actual)}";

    private static string Remedy => $"{WriteVariable}=1 dotnet test tests/{Project} --filter FullyQualifiedName~Golden";

    /// <summary>The differing middle of the two texts, line by line.</summary>
    private static string Difference(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var head = 0;
        while (head < Math.Min(old.Length, now.Length) && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < Math.Min(old.Length, now.Length) - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        var (removed, added) = (old[head..^tail], now[head..^tail]);
        var lines = (long)removed.Length * added.Length > ComparedMax
            ? [.. removed.Select(line => $"- {line}"), .. added.Select(line => $"+ {line}")]
            : Changes(removed, added);
        return string.Join('\n', lines.Take(ShownMax)) + (lines.Count > ShownMax ? $"\n… and {lines.Count - ShownMax} lines more\n" : "\n");
    }

    /// <summary>By the longest common subsequence.</summary>
    private static List<string> Changes(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<string>();
        var (at, to) = (0, 0);
        while (at < old.Length || to < now.Length)
        {
            if (at < old.Length && to < now.Length && old[at] == now[to])
            {
                (at, to) = (at + 1, to + 1);
            }
            else if (to == now.Length || (at < old.Length && common[at + 1, to] >= common[at, to + 1]))
            {
                lines.Add($"- {old[at++]}");
            }
            else
            {
                lines.Add($"+ {now[to++]}");
            }
        }

        return lines;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BtcAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no BtcAgent.sln above {AppContext.BaseDirectory}");
    }
}
