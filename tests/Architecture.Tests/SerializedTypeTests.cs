using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class SerializedTypeTests
{
    private const string Proper = "[GenerateSerializer, Immutable, Alias(\"A\")] public sealed record A";

    [Fact]
    public void Check_OurMessages_AreProper() => Violations.None(SerializedTypes.Check(
        Repository.Sources.Where(file => file.IsUnder("src/Domain") || file.IsUnder("src/Contracts"))));

    [Theory]
    [InlineData("[GenerateSerializer, Immutable] record A([property: Id(0)] int B);", "no explicit [Alias]")]
    [InlineData("[GenerateSerializer, Alias(\"A\")] record A([property: Id(0)] int B);", "no [Immutable]")]
    [InlineData(Proper + "([property: Id(0)] int B, [property: Id(0)] int C);", "used twice")]
    [InlineData(Proper + " { [Id(0)] public int B { get; set; } }", "settable")]
    [InlineData(Proper + " { [Id(0)] public int B; }", "settable")]
    [InlineData(Proper + "([property: Id(0)] List<int> B);", "can change")]
    [InlineData(Proper + "([property: Id(0)] int[] B);", "can change")]
    [InlineData(Proper + " { [Id(0)] public Dictionary<int, int>? B { get; init; } }", "can change")]
    [InlineData(Proper + " { [Id(0)] private readonly HashSet<int> b; }", "can change")]
    [InlineData("[GenerateSerializer, Immutable, Alias(\"A\")] record struct A([property: Id(0)] int B);", "settable")]
    [InlineData(Proper + "; [Alias(\"A\")] public interface IB;", "is taken by")]
    public void Check_BadMessage_IsReported(string code, string expected) =>
        Violations.One(expected, SerializedTypes.Check([SourceFile.Parse("src/Contracts/A.cs", code)]));

    [Theory]
    [InlineData(Proper + "([property: Id(0)] ImmutableArray<int> B, [property: Id(1)] IReadOnlyList<int> C);")]
    [InlineData(Proper + " { [Id(0)] public int B { get; init; } private int[] scratch; public static readonly int[] C = []; }")]
    [InlineData("public sealed record A(List<int> NotSerialized);")]
    public void Check_ProperMessage_IsSilent(string code) =>
        Violations.None(SerializedTypes.Check([SourceFile.Parse("src/Contracts/A.cs", code)]));
}
