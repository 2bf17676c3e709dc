using System.Text.Json;
using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

/// <summary>No stored or printed JSON without a golden file, so that a new one cannot be forgotten.</summary>
public sealed class GoldenRootTests
{
    /// <summary>Neither stored nor an answer by itself, and why.</summary>
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["FeatureOptions"] = "a text inside Orleans' messages alone; Decision.json shows it as a part of a sample",
        ["RiskLimits"] = "the same, as a part of risk's evidence",
        ["SizingOptions"] = "the same, as a part of risk's evidence",
        ["PlacementOptions"] = "the same, as a part of risk's evidence",
    };

    private static readonly HashSet<string> Golden =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.json", SearchOption.AllDirectories)
            .Where(file => file.Contains($"{Path.DirectorySeparatorChar}Golden{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)),
    ];

    [Fact]
    public void Roots_OfEveryProject_HaveGoldenFiles()
    {
        var roots = ProjectAssembly.All.Values.SelectMany(path =>
        {
            using var assembly = File.OpenRead(path);
            return JsonRoots.Of(assembly);
        }).Distinct().ToList();

        Assert.Contains("BtcAgent.Domain.Trading.Decision", roots);
        Violations.None(roots.Where(root => !IsHeld(root)).Select(root =>
            $"{root} is serialized and no tests/*/Golden/**/{NameOf(root)}.json shows its shape: add it to the golden test of its project"));
    }

    [Fact]
    public void Roots_OfAPlantedCall_AreFound()
    {
        Assert.NotEmpty(Write(new Planted(1)));
        using var assembly = File.OpenRead(typeof(GoldenRootTests).Assembly.Location);
        Assert.Contains(typeof(Planted).FullName!.Replace('+', '/'), JsonRoots.Of(assembly));
    }

    [Fact]
    public void IsHeld_TypeWithoutAFile_IsNot() => Assert.False(IsHeld(typeof(Planted).FullName!));

    private static bool IsHeld(string root) => Golden.Contains(NameOf(root)) || Others.ContainsKey(NameOf(root));

    private static string NameOf(string root) => root.Split('.', '/', '+')[^1];

    private static string Write(Planted planted) => JsonSerializer.Serialize(planted);

    private sealed record Planted(int Value);
}
