namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>The checkout the tests were built in, read once.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file below <c>src</c>, build output left out.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } = Load("src");

    /// <summary>Every C# file below <c>tests</c>, build output left out.</summary>
    public static IReadOnlyList<SourceFile> Tests { get; } = Load("tests");

    /// <summary>Text of each project file below <c>src</c>, by project name.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

    /// <summary>README, changelog and every page below <c>docs</c>, by path.</summary>
    public static IReadOnlyDictionary<string, string> Docs { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Concat(new[] { "README.md", "CHANGELOG.md" }.Select(name => Path.Combine(Root, name)))
        .ToDictionary(file => Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText);

    private static List<SourceFile> Load(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Full: file, Relative: Path.GetRelativePath(Root, file).Replace('\\', '/')))
            .Where(file => !file.Relative.Contains("/obj/") && !file.Relative.Contains("/bin/"))
            .OrderBy(file => file.Relative, StringComparer.Ordinal)
            .Select(file => SourceFile.Parse(file.Relative, File.ReadAllText(file.Full))),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BtcAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"no BtcAgent.sln above {AppContext.BaseDirectory}");
    }
}
