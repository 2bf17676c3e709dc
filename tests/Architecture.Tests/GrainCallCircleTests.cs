using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class GrainCallCircleTests
{
    private static readonly string[] Projects = ["Grains", "Domain", "Contracts"];

    [Fact]
    public void Check_OurGrains_NoneWaitsForItself() => Violations.None(GrainCallCircles.Check(Ours()));

    /// <summary>Known arrows, through an async method, a helper class and a port: else a reader that reads nothing would find no circle.</summary>
    [Theory]
    [InlineData("ISignalGrain.Evaluate → IRiskGrain.Assess")]
    [InlineData("IRiskGrain.Assess → IExecutionGrain.Submit")]
    [InlineData("IExecutionGrain.OnMarket → IPortfolioGrain.Apply")]
    [InlineData("IExecutionGrain.OnMarket → IRiskGrain.GetStatus")]
    [InlineData("ITradingControlGrain.Resume → IRiskGrain.Resume")]
    public void Of_OurGrains_SeesWhatTheyAsk(string call) => Assert.Contains(call, Ours().Select(found => found.ToString()));

    [Fact]
    public void Check_TwoGrainsThatAskEachOther_IsReported() => Violations.One(
        "A.M waits for itself: A.M → B.N, B.N → A.O;",
        GrainCallCircles.Check([Call("A.M", "B.N"), Call("B.N", "A.O")]));

    [Fact]
    public void Check_CircleThroughAnInterleavedRequest_IsReported() => Violations.One(
        "A.M waits for itself: A.M → B.~N, B.~N → C.P, C.P → A.O;",
        GrainCallCircles.Check([Call("A.M", "B.~N"), Call("B.~N", "C.P"), Call("C.P", "A.O")]));

    [Fact]
    public void Check_AnswerThatInterleaves_IsSilent() =>
        Violations.None(GrainCallCircles.Check([Call("A.M", "B.N"), Call("B.N", "A.~O"), Call("A.~P", "B.N")]));

    private static List<GrainCall> Ours() => GrainCalls.Of(Projects.Select(project => ProjectAssembly.All[project]));

    private static GrainCall Call(string from, string to) => new(Turn(from), Turn(to));

    private static GrainTurn Turn(string name) => new(name.Split('.')[0], name.Split('.')[1], name.Contains('~'));
}
