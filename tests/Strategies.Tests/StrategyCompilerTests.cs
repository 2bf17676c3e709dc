using BtcAgent.Domain.Features;
using BtcAgent.Domain.Strategies;
using BtcAgent.Strategies.Compilers;
using BtcAgent.Strategies.Sources;
using static BtcAgent.Strategies.Tests.SourceFolderFixture;

namespace BtcAgent.Strategies.Tests;

public sealed class StrategyCompilerTests : IDisposable
{
    private static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());

    private readonly SourceFolderFixture _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compile_Template_IsAStrategyWithParameters()
    {
        var files = StrategyTemplate.Write("my-HTTPFlow", Path.Combine(_folder.Path, "new"), StrategyCompiler.Usings, "Domain.dll");
        var definition = StrategyCompiler.Compile(StrategySource.Read(files[0])).Definition;

        Assert.Equal(("my-http-flow", "MyHTTPFlow.cs"), (definition.Name, Path.GetFileName(files[0])));
        Assert.Equal("Long when the close is above its average by the threshold, flat when it is below.", definition.Summary);
        Assert.Equal(
            [new("barSeconds", 60, 1, 86_400, true, "seconds of a bar"), new("length", 20, 2, 1_000, true, "bars of the average"), new("entryBps", 5, 0, 1_000, false, "distance from the average to enter at, in basis points")],
            definition.Parameters.ToArray());
        Assert.Contains("<Using Include=\"BtcAgent.Domain.Strategies\" />", File.ReadAllText(files[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_StrategyThatExists_IsRefused()
    {
        StrategyTemplate.Write("twice", _folder.Path, [], "");

        Assert.Contains("Twice.cs exists", Assert.Throws<StrategyException>(() => StrategyTemplate.Write("twice", _folder.Path, [], "")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("../evil")]
    [InlineData("a b")]
    public void Write_BadName_IsRefused(string name) =>
        Assert.Contains("is not a strategy's name", Assert.Throws<StrategyException>(() => StrategyTemplate.Write(name, _folder.Path, [], "")).Message, StringComparison.Ordinal);

    [Fact]
    public void Compile_UnknownName_SaysFileLineErrorAndRemedy()
    {
        var file = _folder.Write("tried.cs", Source("return Flat(missing);"));

        var message = Refused("tried.cs");

        Assert.Contains($"{file}(6,21): CS0103: The name 'missing' does not exist in the current context", message, StringComparison.Ordinal);
        Assert.EndsWith($"Correct it, and check it with 'btcagent strategy check {file}'.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int length = 20", "constructor parameter 'length' needs type int, double or bool, a default, and its range and meaning")]
    [InlineData("[Parameter(1, 2, \"x\")] int length", "constructor parameter 'length' needs type")]
    [InlineData("[Parameter(1, 2, \"x\")] string length = \"\"", "constructor parameter 'length' needs type")]
    [InlineData("[Parameter(1, 2, \"x\")] int length = 3", "the default is outside the range")]
    public void Compile_BadParameter_SaysLineAndNeed(string parameter, string expected)
    {
        _folder.Write("tried.cs", Source("return Flat($\"{length}\");", parameter));

        var message = Refused("tried.cs");

        Assert.Contains("tried.cs(1,", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_ParametersOfEachType_ArePassed()
    {
        _folder.Write("tried.cs", Source(
            "return Long($\"{whole} {number} {flag}\", number);",
            "[Parameter(1, 9, \"x\")] int whole = 2, [Parameter(0, 1, \"x\")] double number = 0.5, [Parameter(0, 1, \"x\")] bool flag = true"));
        var model = (Strategy)Compile("tried.cs").Create(new Dictionary<string, double> { ["flag"] = 0 }, Schema);

        Assert.Equal("tried(2,0.5,0)", model.Id);
    }

    [Fact]
    public void Compile_ConstructorThrows_IsRefusedWithTheReason()
    {
        _folder.Write("tried.cs", Source(members: "private readonly int _half = new int[0].Length == 0 ? throw new InvalidOperationException(\"no\") : 1; int H => _half;"));

        Assert.Contains("cannot be created with its defaults: tried() cannot be created: InvalidOperationException: no", Refused("tried.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "contains 0 strategies: write exactly one public class")]
    [InlineData("public sealed class Other : BarStrategy { }", "CS7036")]
    [InlineData("internal sealed class Inner { }", "contains 0 strategies")]
    public void Compile_NoStrategy_SaysWhatToWrite(string text, string expected)
    {
        _folder.Write("tried.cs", text);

        Assert.Contains(expected, Refused("tried.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_TwoStrategiesInAFile_NamesThem()
    {
        _folder.Write("tried.cs", Source(name: "First") + Source(name: "Second"));

        Assert.Contains("contains 2 strategies (First, Second)", Refused("tried.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_FolderOfFiles_IsOneStrategy()
    {
        _folder.Write("pair/strategy.cs", Source("return Flat(Words.Never);"));
        _folder.Write("pair/helpers/words.cs", "internal static class Words { public const string Never = \"never\"; }");
        _folder.Write("pair/obj/generated.cs", "not C#");

        Assert.Equal("tried", Compile("pair").Name);
    }

    [Fact]
    public void Hash_LineEndsAndMark_DoNotCountAndCodeDoes()
    {
        var text = Source();
        var hash = StrategySource.Read(_folder.Write("a/tried.cs", text)).Hash;

        Assert.Equal(hash, StrategySource.Read(_folder.Write("b/tried.cs", "\uFEFF" + text.ReplaceLineEndings("\r\n"))).Hash);
        Assert.NotEqual(hash, StrategySource.Read(_folder.Write("c/tried.cs", text.Replace("never", "ever", StringComparison.Ordinal))).Hash);
    }

    [Fact]
    public void Catalog_FolderWithTwoFaultyFiles_ListsBoth()
    {
        _folder.Write("good.cs", Source(name: "Good"));
        _folder.Write("bad1.cs", Source("return 1;"));
        _folder.Write("bad2.cs", Source("return 2;"));

        var message = Assert.Throws<StrategyException>(() => StrategyFolder.Catalog(_folder.Path)).Message;

        Assert.Contains("bad1.cs(6,", message, StringComparison.Ordinal);
        Assert.Contains("bad2.cs(6,", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_Folder_AddsToTheBuiltIn()
    {
        _folder.Write("good.cs", Source(name: "Good"));
        var catalog = StrategyFolder.Catalog(_folder.Path);

        Assert.Equal(["ema-cross", "flow-momentum", "flow-trend", "good"], catalog.Definitions.Select(d => d.Name));
        Assert.Equal(
            $"good()@{StrategySource.Read(Path.Combine(_folder.Path, "good.cs")).Hash[..12]}",
            catalog.Create("good", new Dictionary<string, double>(), Schema).Hash);
        Assert.Equal("good()", catalog.CreateById("good()", Schema).Id);
    }

    [Fact]
    public void Catalog_MissingFolder_SaysHowToCreateIt() => Assert.Contains(
        "create one with 'btcagent strategy new NAME --dir",
        Assert.Throws<StrategyException>(() => StrategyFolder.Catalog(Path.Combine(_folder.Path, "none"))).Message,
        StringComparison.Ordinal);

    /// <summary>The examples of the guide are what a reader copies.</summary>
    [Fact]
    public void Compile_ExamplesOfTheGuide_AreStrategies()
    {
        var guide = File.ReadAllText(Path.Combine(Root(), "docs", "strategies.md"));
        var examples = guide.Split("```csharp\n")[1..].Select(part => part.Split("```")[0]).ToList();
        for (var i = 0; i < examples.Count; i++)
        {
            _folder.Write($"{i}.cs", examples[i]);
        }

        Assert.Equal(["bollinger-reversal", "book-pressure"], StrategyFolder.Catalog(_folder.Path).Definitions[StrategyCatalog.BuiltIn.Definitions.Length..].Select(d => d.Name));
    }

    private StrategyDefinition Compile(string source) => StrategyCompiler.Compile(StrategySource.Read(Path.Combine(_folder.Path, source))).Definition;

    private string Refused(string source) => Assert.Throws<StrategyException>(() => Compile(source)).Message;

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BtcAgent.sln")))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException("BtcAgent.sln above the test's folder");
    }
}
