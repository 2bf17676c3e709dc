using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class GrainShellTests
{
    private const string Names = "class GrainStateNames { const string Provider = \"state\"; const string Risk = \"risk\"; ";

    [Fact]
    public void Check_OurGrains_AreProper() =>
        Violations.None(GrainShells.Check([.. Repository.Sources.Where(file => file.IsUnder("src/Grains"))]));

    [Theory]
    [InlineData("} class A([PersistentState(GrainStateNames.Risk)] S s); [StatelessWorker] class B;", "[StatelessWorker]")]
    [InlineData("} class A([PersistentState(GrainStateNames.Risk)] S s, [PersistentState(GrainStateNames.Risk)] S t);", "of 2 states")]
    [InlineData("}", "of 0 states")]
    [InlineData("} class A([PersistentState(GrainStateNames.Risk)] S s, [PersistentState(\"b\")] S t);", "\"b\" is not one of")]
    [InlineData(
        "const string B = \"risk\"; } class A([PersistentState(GrainStateNames.Risk)] S s, [PersistentState(GrainStateNames.B)] S t);",
        "is used twice")]
    public void Check_BadGrain_IsReported(string rest, string expected) =>
        Violations.One(expected, GrainShells.Check([SourceFile.Parse("src/Grains/A.cs", Names + rest)]));

    [Fact]
    public void Check_GoodGrain_IsSilent() => Violations.None(GrainShells.Check(
        [SourceFile.Parse("src/Grains/A.cs", Names + "} class A([PersistentState(GrainStateNames.Risk)] S s);")]));
}
