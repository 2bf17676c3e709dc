using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using BtcAgent.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BtcAgent.Architecture.Tests;

/// <summary>
/// Hidden inputs that would make a run irreproducible fail the build: src/BannedSymbols*.txt lists them, and src/Directory.Build.props
/// says for which project. Here the analyzer that the build uses runs on planted code.
/// </summary>
public sealed class BannedSymbolTests
{
    [Theory]
    [InlineData("Domain", "DateTime.UtcNow")]
    [InlineData("Domain", "System.DateTime.Now")]
    [InlineData("Domain", "new Random()")]
    [InlineData("Storage", "DateTimeOffset.Now")]
    [InlineData("Storage", "DateTimeOffset.UtcNow.Ticks")]
    [InlineData("Storage", "Stopwatch.GetTimestamp()")]
    [InlineData("Storage", "Stopwatch.StartNew()")]
    [InlineData("Storage", "Environment.TickCount64")]
    [InlineData("Grains", "Random.Shared.Next()")]
    [InlineData("Grains", "Guid.NewGuid()")]
    [InlineData("Grains", "Task.Run(() => 1)")]
    [InlineData("Grains", "Task.Run(() => { })")]
    [InlineData("Grains", "await Task.FromResult(1).ConfigureAwait(false)")]
    [InlineData("Grains", "await new ValueTask<int>(1).ConfigureAwait(false)")]
    [InlineData("Silo", "((Func<int>)(() => { Thread.Sleep(1); return 1; }))()")]
    public async Task Build_BannedSymbol_Fails(string project, string expression)
    {
        var found = Assert.Single(await AnalyzeAsync(project, expression));
        Assert.Equal("RS0030", found.Id);
        Assert.Contains("is banned in this project", found.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Silo", "DateTime.UtcNow")]
    [InlineData("Cli", "Guid.NewGuid()")]
    [InlineData("Exchanges.Binance", "await Task.FromResult(1).ConfigureAwait(false)")]
    [InlineData("Grains", "\"DateTime.UtcNow\"")]
    [InlineData("Grains", "TimeProvider.System.GetTimestamp()")]
    [InlineData("Domain", "new Random(1)")]
    public async Task Build_AllowedThere_Passes(string project, string expression) => Assert.Empty(await AnalyzeAsync(project, expression));

    /// <summary>The lists reach the compiler: what MSBuild hands to it for each project of <c>src</c>.</summary>
    [Fact]
    public async Task Build_EveryProjectOfSrc_HasItsLists()
    {
        foreach (var (name, project) in Repository.Projects)
        {
            using var msbuild = Process.Start(new ProcessStartInfo(
                "dotnet", ["msbuild", Path.Combine(Repository.Root, "src", name, $"{name}.csproj"), "-getItem:AdditionalFiles,PackageReference"])
            {
                RedirectStandardOutput = true,
            })!;
            var items = JsonDocument.Parse(await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("Items");
            Assert.Equal(Lists(name), Names(items, "AdditionalFiles").Where(file => file.StartsWith("BannedSymbols", StringComparison.Ordinal)));
            Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", Names(items, "PackageReference"));
        }
    }

    private static IEnumerable<string> Names(JsonElement items, string kind) =>
        items.GetProperty(kind).EnumerateArray().Select(item => Path.GetFileName(item.GetProperty("Identity").GetString()!));

    private static string[] Lists(string project) => project switch
    {
        "Silo" or "Cli" => ["BannedSymbols.txt"],
        "Grains" => ["BannedSymbols.txt", "BannedSymbols.Libraries.txt", "BannedSymbols.Grains.txt"],
        _ => ["BannedSymbols.txt", "BannedSymbols.Libraries.txt"],
    };

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string project, string expression)
    {
        var code = $$"""
            using System; using System.Diagnostics; using System.Threading; using System.Threading.Tasks;
            class A { async Task<object> M() { await Task.Yield(); return {{expression}}; } }
            """;
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Planted", [CSharpSyntaxTree.ParseText(code)], libraries, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(found => found.Severity == DiagnosticSeverity.Error));
        var lists = Lists(project).Select(AdditionalText (name) => new BannedList(name)).ToImmutableArray();
        return await compilation.WithAnalyzers([Analyzer()], new AnalyzerOptions(lists))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static DiagnosticAnalyzer Analyzer()
    {
        Assembly Load(string name) => AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "analyzers", name));
        Load("Microsoft.CodeAnalysis.BannedApiAnalyzers.dll");
        var type = Load("Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll")
            .GetType("Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.CSharpSymbolIsBannedAnalyzer", throwOnError: true)!;
        return (DiagnosticAnalyzer)Activator.CreateInstance(type)!;
    }

    private sealed class BannedList(string name) : AdditionalText
    {
        public override string Path { get; } = System.IO.Path.Combine(Repository.Root, "src", name);

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(Path));
    }
}
