using System.Reflection;
using System.Text;

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

        var said = new StringBuilder();
        Say('-', old.AsSpan()[head..^tail]);
        Say('+', now.AsSpan()[head..^tail]);
        return said.ToString();

        void Say(char sign, ReadOnlySpan<string> lines)
        {
            foreach (var line in lines[..Math.Min(lines.Length, ShownMax)])
            {
                said.Append(sign).Append(' ').Append(line).Append('\n');
            }

            if (lines.Length > ShownMax)
            {
                said.Append(sign).Append(" … and ").Append(lines.Length - ShownMax).Append(" lines more\n");
            }
        }
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
