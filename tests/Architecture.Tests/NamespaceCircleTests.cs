using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BtcAgent.Architecture.Tests;

public sealed class NamespaceCircleTests
{
    [Fact]
    public void Check_OurProjects_HaveNoCircle() => Violations.None(ProjectAssembly.All.SelectMany(project =>
        NamespaceCircles.Check(ProjectAssembly.Arrows(project.Value).Concat(ProjectSources.Arrows(Sources(project.Key))))
            .Select(circle => $"{project.Key}: {circle}")));

    [Fact]
    public void All_EveryProjectOfSrc_IsRead() =>
        Assert.Equal(Repository.Projects.Keys.Order(StringComparer.Ordinal), ProjectAssembly.All.Keys.Order(StringComparer.Ordinal));

    /// <summary>An arrow that is known to be there, in code and by a constant: else a reader that reads nothing would find no circle.</summary>
    [Fact]
    public void Arrows_OfOurDomain_AreSeen()
    {
        Assert.Contains(
            new TypeArrow("BtcAgent.Domain.Risk", "RiskEngine", "BtcAgent.Domain.Portfolios", "PortfolioSnapshot"),
            ProjectAssembly.Arrows(ProjectAssembly.All["Domain"]));
        Assert.Contains(
            new TypeArrow("BtcAgent.Domain.Risk", "RiskCodes", "BtcAgent.Domain.Instruments", "TradingRuleCodes"),
            ProjectSources.Arrows(Sources("Domain")));
    }

    [Theory]
    [InlineData("class Second : A.First;")]
    [InlineData("class Second : A.IPort;")]
    [InlineData("[A.Mark] class Second;")]
    [InlineData("class Second { class Nested<T> where T : A.First; }")]
    [InlineData("class Second { A.First? field; }")]
    [InlineData("class Second { List<A.First[]>? Property { get; } }")]
    [InlineData("class Second { event Action<A.First>? Event; }")]
    [InlineData("class Second { void M(ref A.First first) { } }")]
    [InlineData("class Second { void M([A.Mark] int a) { } }")]
    [InlineData("class Second { void M<T>() where T : A.First { } }")]
    [InlineData("class Second { object M() => new A.First(); }")]
    [InlineData("class Second { Type M() => typeof(A.First); }")]
    [InlineData("class Second { bool M(object o) => o is A.First; }")]
    [InlineData("class Second { int M() => A.First.Count; }")]
    [InlineData("class Second { object M() => Array.Empty<A.First>(); }")]
    [InlineData("class Second { Func<object> M() => () => new A.First(); }")]
    [InlineData("class Second { async Task<object> M() { await Task.Yield(); return new A.First(); } }")]
    [InlineData("class Second { IEnumerable<object> M() { yield return new A.First(); } }")]
    [InlineData("class Second { void M() { try { } catch (A.Failure) { } } }")]
    [InlineData("class Second { class Nested { A.First.Inner? field; } }")]
    public void Check_PlantedCircle_IsReported(string second) => Violations.One(
        "a circle of 2 namespaces: BtcAgent.P.A → BtcAgent.P.B (First → Second), BtcAgent.P.B → BtcAgent.P.A (Second",
        NamespaceCircles.Check(Planted(second, "class First { B.Second? back; public static int Count; public class Inner; }")));

    [Fact]
    public void Check_ParentAndChild_IsReported() => Violations.One(
        "a circle of 2 namespaces: BtcAgent.P → BtcAgent.P.A (Root → First), BtcAgent.P.A → BtcAgent.P (First → Root)",
        NamespaceCircles.Check(Planted("class Second;", "class First { Root? back; }", "class Root { A.First? first; }")));

    [Fact]
    public void Check_CircleOfThree_NamesEachArrowOnce() => Violations.One(
        "a circle of 3 namespaces: A → B (a → b), B → C (b → c), C → A (c → a); ",
        NamespaceCircles.Check([new("A", "a", "B", "b"), new("B", "b", "C", "c"), new("C", "c", "A", "a"), new("A", "a2", "B", "b2")]));

    [Fact]
    public void Check_TwoCircles_AreBothReported() => Assert.Equal(2, NamespaceCircles.Check(
        [new("A", "a", "B", "b"), new("B", "b", "A", "a"), new("C", "c", "D", "d"), new("D", "d", "C", "c"), new("A", "a", "C", "c")]).Count());

    [Theory]
    [InlineData("using A; namespace B; class Second { int M() => First.Count; }")]
    [InlineData("using A; namespace B; class Second { string M() => nameof(First); }")]
    [InlineData("using static A.First; namespace B; class Second { int M() => Count; }")]
    [InlineData("using Other = A.First; namespace B; class Second { int M() => Other.Count; }")]
    public void Check_CircleThatBuiltCodeDoesNotShow_IsReported(string second) =>
        Violations.One("A → B (First → Second), B → A (Second → First)", NamespaceCircles.Check(ProjectSources.Arrows(
            [
                SourceFile.Parse("src/P/A/First.cs", "using B; namespace A; class First { public const int Count = 1; Second? back; }"),
                SourceFile.Parse("src/P/B/Second.cs", second),
            ])));

    [Theory]
    [InlineData("class Second;")]
    [InlineData("class Second { string Text => \"A.First\"; }")]
    [InlineData("class Second { /** <summary><see cref=\"A.First\"/></summary> */ int field; }")]
    public void Check_ArrowsOneWay_AreSilent(string second) =>
        Violations.None(NamespaceCircles.Check(Planted(second, "class First { B.Second? back; }")));

    [Fact]
    public void Check_UsingForADocComment_IsSilent() => Violations.None(NamespaceCircles.Check(ProjectSources.Arrows(
        [
            SourceFile.Parse("src/P/A/First.cs", "using B; namespace A; class First { Second? back; }"),
            SourceFile.Parse("src/P/B/Second.cs", "using A; namespace B; /** <see cref=\"First\"/> */ class Second;"),
        ])));

    private static List<SourceFile> Sources(string project) => [.. Repository.Sources.Where(file => file.IsUnder($"src/{project}"))];

    /// <summary>Compiles planted types and reads what the compiler left of them.</summary>
    private static List<TypeArrow> Planted(string second, string first, string root = "")
    {
        var code = $$"""
            using System; using System.Collections.Generic; using System.Threading.Tasks;
            namespace BtcAgent.P { {{root}} }
            namespace BtcAgent.P.A { interface IPort; class Mark : Attribute; class Failure : Exception; {{first}} }
            namespace BtcAgent.P.B { {{second}} }
            """;
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll")
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Planted", [CSharpSyntaxTree.ParseText(code)], libraries,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        assembly.Position = 0;
        return ProjectAssembly.Arrows(assembly);
    }
}
