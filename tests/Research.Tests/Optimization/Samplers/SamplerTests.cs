using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Tests.Optimization.Samplers;

/// <summary>Each sampler suggests valid points, repeats itself, and looks where it should.</summary>
public sealed class SamplerTests
{
    private static readonly SearchSpace Plane = new(new NumberParameter("x", -1, 1), new NumberParameter("y", -1, 1));

    private static readonly SearchSpace Mixed = new(
        new ChoiceParameter("kind", ["a", "b"]),
        new IntegerParameter("count", 1, 64, log: true, condition: new ParameterCondition("kind", new ParameterValue("b"))),
        new NumberParameter("rate", 0.001, 1, log: true));

    public static TheoryData<ISampler> Samplers => [new RandomSampler(), new GridSampler(), new TpeSampler()];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Suggest_SameSeed_GivesTheSameValidPoints(ISampler sampler)
    {
        var first = Search(sampler, Mixed, 30, 5, p => -Math.Abs(Math.Log(p.Number("rate")) + 3));
        var second = Search(sampler, Mixed, 30, 5, p => -Math.Abs(Math.Log(p.Number("rate")) + 3));

        Assert.Equal(first.Select(t => t.Point), second.Select(t => t.Point));
        Assert.All(first, trial => Mixed.Check(trial.Point));
        Assert.True(first.Select(t => t.Point).Distinct().Count() >= 29);
    }

    [Fact]
    public void Suggest_Grid_VariesTheLastParameterFastest()
    {
        var space = new SearchSpace(
            new ChoiceParameter("kind", ["a", "b"]),
            new IntegerParameter("count", 1, 2, condition: new ParameterCondition("kind", new ParameterValue("b"))),
            new NumberParameter("rate", 0, 1));
        var sampler = new GridSampler(2);

        var points = Search(sampler, space, 6, 1, _ => 0).Select(trial => trial.Point.ToString());

        Assert.Equal(
            [
                """{"kind":"a","rate":0}""", """{"kind":"a","rate":1}""",
                """{"count":1,"kind":"b","rate":0}""", """{"count":1,"kind":"b","rate":1}""",
                """{"count":2,"kind":"b","rate":0}""", """{"count":2,"kind":"b","rate":1}""",
            ],
            points);
        Assert.Equal(6, sampler.TrialsMax(space));
    }

    [Fact]
    public void TrialsMax_HugeGrid_IsRefused() => Assert.Throws<SearchSpaceException>(() => new GridSampler(50).TrialsMax(
        new SearchSpace(Enumerable.Range(0, 5).Select(i => new NumberParameter($"x{i}", 0, 1)))));

    [Fact]
    public void Suggest_Tpe_BeatsRandomOnASphere()
    {
        static double Sphere(ParameterPoint p) => -Math.Pow(p.Number("x") - 0.3, 2) - Math.Pow(p.Number("y") + 0.6, 2);
        var wins = Enumerable.Range(1, 10).Count(seed =>
            Search(new TpeSampler(), Plane, 60, (ulong)seed, Sphere).Max(t => t.Value)
            > Search(new RandomSampler(), Plane, 60, (ulong)seed, Sphere).Max(t => t.Value));

        Assert.InRange(wins, 9, 10);
    }

    /// <summary>Failed points count with the bad ones: the half where every trial fails is left.</summary>
    [Fact]
    public void Suggest_TpeWithFailures_LeavesTheFailingHalf()
    {
        var trials = Search(new TpeSampler(), Plane, 80, 3, p => p.Number("x") > 0 ? double.NaN : -Math.Abs(p.Number("y")));

        Assert.InRange(trials.Skip(40).Count(t => t.State == TrialState.Failed), 0, 6);
    }

    /// <summary>The more trials run at the suggested place, the less likely it is suggested again.</summary>
    [Fact]
    public void Suggest_TpeWithTrialsInFlight_LooksElsewhere()
    {
        var told = Search(new TpeSampler(), Plane, 30, 8, p => -Math.Abs(p.Number("x")) - Math.Abs(p.Number("y")));
        var crowd = told.Concat(Enumerable.Repeat(new ObservedTrial(Point(0, 0), TrialState.Running, double.NaN, 0), 30)).ToList();

        double Distance(IReadOnlyList<ObservedTrial> history) => Enumerable.Range(0, 50)
            .Select(seed => new TpeSampler().Suggest(Plane, history, (ulong)seed))
            .Average(p => Math.Abs(p.Number("x")) + Math.Abs(p.Number("y")));

        Assert.True(Distance(crowd) > 1.3 * Distance(told), $"{Distance(crowd)} and {Distance(told)}");
    }

    [Fact]
    public void Of_AllStates_OrdersCompleteThenPrunedByFolds()
    {
        ObservedTrial[] history =
        [
            new(Point(0.1, 0), TrialState.Pruned, 9, 2), new(Point(0.2, 0), TrialState.Complete, 1, 5), new(Point(0.3, 0), TrialState.Failed, double.NaN, 1),
            new(Point(0.4, 0), TrialState.Pruned, 3, 4), new(Point(0.5, 0), TrialState.Complete, 2, 5), new(Point(0.6, 0), TrialState.Running, double.NaN, 0),
        ];

        double[] Best(int count) => [.. TrialSplit.Of(history, count).Best.Select(p => p.Number("x"))];

        Assert.Equal([0.5], Best(1));
        Assert.Equal([0.2, 0.5], Best(2));
        Assert.Equal([0.2, 0.4, 0.5], Best(3));
        Assert.Equal([0.1, 0.2, 0.4, 0.5], Best(6));
        Assert.Equal([0.3, 0.6], TrialSplit.Of(history, 6).Others.Select(p => p.Number("x")));
    }

    private static ParameterPoint Point(double x, double y) =>
        new(KeyValuePair.Create("x", new ParameterValue(x)), KeyValuePair.Create("y", new ParameterValue(y)));

    private static List<ObservedTrial> Search(ISampler sampler, SearchSpace space, int trials, ulong seed, Func<ParameterPoint, double> score)
    {
        var history = new List<ObservedTrial>();
        for (var number = 0; number < trials; number++)
        {
            var point = sampler.Suggest(space, history, TrialRandom.Derive(seed, (ulong)number));
            var value = score(point);
            history.Add(new ObservedTrial(point, double.IsNaN(value) ? TrialState.Failed : TrialState.Complete, value, 1));
        }

        return history;
    }
}
