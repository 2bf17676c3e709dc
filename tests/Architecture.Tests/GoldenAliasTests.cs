using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;
using BtcAgent.Testing;

namespace BtcAgent.Architecture.Tests;

/// <summary>Aliases and member numbers are the wire format between silos and of what they keep: a change shows here.</summary>
public sealed class GoldenAliasTests
{
    private static readonly SortedDictionary<string, string> Shapes = AliasShapes.Of(Repository.Sources.Where(file => file.IsUnder("src")));

    public static TheoryData<string> Projects => [.. Shapes.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void Aliases_NumbersAndTypes_AreTheGoldenOnes(string project) => GoldenFile.Check($"Aliases/{project}.txt", Shapes[project]);

    [Fact]
    public void Aliases_GoldenFiles_AreOfProjectsWithAliases() => GoldenFile.CheckNoOthers("Aliases", Shapes.Keys.Select(project => $"{project}.txt"));

    [Fact]
    public void Of_TypeWithMembers_ListsThemByNumber() => Assert.Equal(
        "A\n   0 B: int\n   2 C: string?\n   5 d: long\n",
        Assert.Single(AliasShapes.Of(
        [
            SourceFile.Parse(
                "src/Contracts/A.cs",
                "[Alias(\"A\")] public sealed record A([property: Id(0)] int B) { [Id(5)] private readonly long d; [Id(2)] public string? C { get; init; } }"),
        ])).Value);

    [Fact]
    public void Explain_ShapeThatChanged_ShowsTheLinesAndTheCommand()
    {
        var said = GoldenFile.Explain("Aliases/Contracts.txt", "A\n   0 B: int\n", "A\n   0 B: long\n");

        Assert.Contains("-    0 B: int\n+    0 B: long\n", said, StringComparison.Ordinal);
        Assert.Contains("BTCAGENT_WRITE_GOLDEN=1 dotnet test tests/Architecture.Tests", said, StringComparison.Ordinal);
    }
}
