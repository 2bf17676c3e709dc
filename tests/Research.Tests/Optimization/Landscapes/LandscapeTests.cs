using BtcAgent.Research.Optimization.Landscapes;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Tests.Optimization.Landscapes;

/// <summary>A lonely peak loses to a plateau; importances are those of functions with a known variance.</summary>
public sealed class LandscapeTests
{
    private static readonly SearchSpace Cube = new(
        new NumberParameter("x", 0, 1), new NumberParameter("y", 0.01, 100, log: true), new ChoiceParameter("kind", ["a", "b"]));

    [Fact]
    public void BestOf_LonelyPeak_LosesToThePlateau()
    {
        // Around x = 0.8 all is 1; at x = 0.2 one trial has 5 among others that have 0.
        var trials = Drawn(200, p => Math.Abs(p.Number("x") - 0.8) < 0.15 ? 1 : 0);
        var peak = Complete(200, Cube.Choose(p => p.FromUnit(0.2)), 5);
        trials.Add(peak);

        var best = PlateauScore.BestOf(Cube, trials)!;

        Assert.Same(peak, Trial.BestOf(trials));
        Assert.Equal(0, PlateauScore.Of(Cube, trials, peak));
        Assert.Equal(1, PlateauScore.Of(Cube, trials, best));
        Assert.InRange(best.Point.Number("x"), 0.65, 0.95);
    }

    [Fact]
    public void Of_EvenNeighbours_IsTheMeanOfTheMiddleTwo()
    {
        var trials = Enumerable.Range(0, 6).Select(i => Complete(i, Cube.Choose(p => p.Name == "x" ? new(i / 10.0) : p.FromUnit(0.1)), i * i)).ToList();

        Assert.Equal((4 + 9) / 2.0, PlateauScore.Of(Cube, trials, trials[0], neighbours: 4));
        Assert.Equal(1, PlateauScore.Of(Cube, trials, trials[0], neighbours: 1));
        Assert.Equal(double.NaN, PlateauScore.Of(Cube, trials, trials[0], neighbours: 6));
    }

    [Fact]
    public void Of_PrunedOrFailedNeighbours_DoNotCount()
    {
        var point = Cube.Choose(p => p.FromUnit(0.5));
        List<Trial> trials = [Complete(0, point, 1), new(1, point, TrialState.Pruned, [new(0, 9, [])]), new(2, point, TrialState.Failed, []), Complete(3, point, 2)];

        Assert.Equal(2, PlateauScore.Of(Cube, trials, trials[0], neighbours: 1));
        Assert.Null(PlateauScore.BestOf(Cube, trials));
    }

    /// <summary>Variances: of 3u with uniform u 9/12, of 2v 4/12, of a choice between 0 and w w²/4.</summary>
    [Fact]
    public void ParameterImportance_Sum_HasTheKnownShares()
    {
        var trials = Drawn(400, p => (3 * p.Number("x")) + (2 * Cube["y"].ToUnit(p["y"])) + (p.Choice("kind") == "a" ? 1 : 0));

        var shares = ParameterImportance.Of(Cube, trials);

        Assert.Equal(["x", "y", "kind"], shares.Select(s => s.Name));
        Assert.Equal(1, shares.Sum(s => s.Share), 12);
        Assert.Equal(0.5625, shares[0].Share, 0.05);
        Assert.Equal(0.25, shares[1].Share, 0.05);
        Assert.Equal(0.1875, shares[2].Share, 0.05);
    }

    [Fact]
    public void ParameterImportance_OneParameter_HasItAll()
    {
        var shares = ParameterImportance.Of(Cube, Drawn(150, p => 1e6 + Math.Sin(6 * p.Number("x"))));

        Assert.InRange(shares[0].Share, 0.95, 1);
    }

    [Fact]
    public void ParameterImportance_FewOrEqualTrials_IsEmptyOrEqual()
    {
        Assert.Empty(ParameterImportance.Of(Cube, Drawn(9, _ => 1)));
        Assert.All(ParameterImportance.Of(Cube, Drawn(50, _ => 0.1)), s => Assert.Equal(1.0 / 3, s.Share, 12));
    }

    /// <summary>The parameter counts only where it is active, which is half of the space.</summary>
    [Fact]
    public void ParameterImportance_InactiveParameter_ExplainsNothingThere()
    {
        var space = new SearchSpace(
            new ChoiceParameter("kind", ["a", "b"]),
            new NumberParameter("idle", 0, 1, condition: new ParameterCondition("kind", new ParameterValue("a"))),
            new NumberParameter("x", 0, 1));
        var random = new TrialRandom(2);

        var shares = ParameterImportance.Of(space, [.. Enumerable.Range(0, 200).Select(i => RandomSampler.Draw(space, random)).Select((p, i) => Complete(i, p, p.Number("x")))]);

        Assert.InRange(shares[2].Share, 0.95, 1);
    }

    private static List<Trial> Drawn(int count, Func<ParameterPoint, double> value)
    {
        var random = new TrialRandom(11);
        return [.. Enumerable.Range(0, count).Select(_ => RandomSampler.Draw(Cube, random)).Select((p, i) => Complete(i, p, value(p)))];
    }

    private static Trial Complete(int number, ParameterPoint point, double value) => new(number, point, TrialState.Complete, [new TrialFold(0, value, [])]);
}
