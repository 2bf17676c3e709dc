using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class OptionShapeTests
{
    private const string Options = "class AOptions { public const string Section = \"A\"; ";

    [Fact]
    public void Check_OurOptions_SayDefaultsAndHaveValidators() =>
        Violations.None(OptionShapes.Check([.. Repository.Sources.Where(file => file.IsUnder("src"))]));

    [Theory]
    [InlineData("/// <summary>Seconds.</summary>\npublic int B { get; set; } = 1; }", "AOptions.B: its doc comment says neither")]
    [InlineData("public List<string> B { get; } = []; }", "AOptions.B: its doc comment says neither")]
    [InlineData("/// <summary>Default 1.</summary>\n[Range(1, 2)] public int B { get; set; } = 1; }", "AOptions has rules and no AOptionsValidator")]
    public void Check_BadOptions_AreReported(string members, string expected) =>
        Violations.One(expected, OptionShapes.Check([SourceFile.Parse("src/Grains/AOptions.cs", Options + members)]));

    [Theory]
    [InlineData("/// <summary>Default 1.</summary>\n[Range(1, 2)] public int B { get; set; } = 1; } class AOptionsValidator { }")]
    [InlineData("public BOptions B { get; set; } = new(); }")]
    [InlineData("public bool IsOn => true; }")]
    public void Check_ProperOptions_AreSilent(string members) =>
        Violations.None(OptionShapes.Check([SourceFile.Parse("src/Grains/AOptions.cs", Options + members)]));
}
