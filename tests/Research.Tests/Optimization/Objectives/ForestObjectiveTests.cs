using System.Collections.Immutable;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Tests.Verdicts;
using BtcAgent.Research.Training;

namespace BtcAgent.Research.Tests.Optimization.Objectives;

public sealed class ForestObjectiveTests
{
    private static readonly PlantedHistory Edge = new() { Seed = 3, Minutes = 60 * PlantedSearch.MinutesOfDay, EdgeBps = 8 * PowerStudy.FeeBps };

    private static readonly ParameterPoint Point = new(
    [
        new("sample_every", new ParameterValue(5)), new("leaves", new ParameterValue(4)), new("exit_ratio", new ParameterValue(0.4)),
    ]);

    [Fact]
    public void Evaluate_PlantedEdge_ScoresAboveNotTrading()
    {
        var objective = new ForestObjective(PlantedSearch.Data(Edge), PlantedSearch.Settings());

        var scores = Enumerable.Range(1, 4).Select(f => objective.Evaluate(Point, f, 7, CancellationToken.None)).ToArray();

        Assert.True(scores.Average(s => s.Score) > 2, string.Join(' ', scores.Select(s => s.Score)));
        Assert.All(scores, s => Assert.NotEmpty(s.Returns));
    }

    /// <summary>Other trials before and beside it, in any order, do not change a result.</summary>
    [Fact]
    public void Evaluate_AmongOtherTrialsOnTwoThreads_GivesTheSameBits()
    {
        var data = PlantedSearch.Data(Edge with { Minutes = 20 * PlantedSearch.MinutesOfDay });
        var alone = new ForestObjective(data, PlantedSearch.Settings(3)).Evaluate(Point, 2, 7, CancellationToken.None);
        var shared = new ForestObjective(data, PlantedSearch.Settings(3));
        var horizons = Enumerable.Range(1, 12).Select(h => Point.With("horizon", new ParameterValue(5 * h))).ToArray();

        Parallel.ForEach(horizons, new ParallelOptions { MaxDegreeOfParallelism = 2 }, point => shared.Evaluate(point, 1, 3, CancellationToken.None));
        var again = shared.Evaluate(Point, 2, 7, CancellationToken.None);

        Assert.Equal(alone.Score, again.Score);
        Assert.Equal(alone.Returns, again.Returns);
    }

    /// <summary>Prices after the search window do not exist for the search: not even the labels of its last rows know them.</summary>
    [Fact]
    public void Take_FutureIsAnother_GivesTheSameScores()
    {
        var history = Edge with { Minutes = 20 * PlantedSearch.MinutesOfDay };
        var data = PlantedSearch.Data(history);
        var windows = SearchWindows.Of(data, 0.2, 0.01);
        var changed = data.Rows.Prices.Select((p, i) => i < windows.Search.To ? p : 2 * p).ToArray();
        var otherRows = new FeatureDataset(data.Rows.Instrument, data.Rows.SchemaHash, data.Rows.Features, data.Rows.Times, changed, data.Rows.Values);
        var other = new SearchData(otherRows, PricePath.FromRows(otherRows, Market.Minute * 2), Market.Minute);

        var scores = new[] { data, other }.Select(d =>
            new ForestObjective(d.Take(windows.Search.To), PlantedSearch.Settings(3)).Evaluate(Point, 2, 7, CancellationToken.None)).ToArray();

        Assert.Equal(scores[0].Score, scores[1].Score);
        Assert.True(windows.Untouched.From > windows.Search.To, "no embargo between the windows");
    }

    [Fact]
    public void Evaluate_HorizonBeyondTheData_FailsTheTrialOnly()
    {
        var data = PlantedSearch.Data(Edge with { Minutes = 2_000 });
        var objective = new ForestObjective(data, PlantedSearch.Settings(2));

        var score = objective.Evaluate(Point.With("horizon", new ParameterValue(1_900)), 0, 1, CancellationToken.None);

        Assert.True(double.IsNaN(score.Score));
    }

    [Fact]
    public void At_GroupIsOff_LeavesItsFeaturesOut()
    {
        var settings = PlantedSearch.Settings().At(
            new ParameterPoint([new("use_calendar", new ParameterValue("no")), new("use_trend", new ParameterValue("yes"))]),
            ["hour_sin", "ema_distance_10", "signal"]);

        Assert.Equal(["hour_sin"], settings.Plan.WithoutFeatures);
    }

    [Fact]
    public void Run_OnlyUsefulFeatureIsLeftOut_LosesItsEdge()
    {
        var plan = PlantedSearch.Settings().Plan with { SampleEvery = 5 };

        Assert.True(Gain(plan) > 0.1, "the edge is not found with its feature");
        Assert.True(Gain(plan with { WithoutFeatures = ["signal"] }) < 0.02, "an edge without its feature");
    }

    [Fact]
    public void Check_UnknownParameter_ListsTheKnownOnes()
    {
        var error = Assert.Throws<SearchSpaceException>(() => ForestSettings.Check(new SearchSpace(new IntegerParameter("depth", 1, 3))));

        Assert.Contains("'depth'", error.Message, StringComparison.Ordinal);
        Assert.Contains("leaves", error.Message, StringComparison.Ordinal);
        ForestSettings.Check(ForestSpace.Default);
    }

    private static double Gain(TrainingPlan plan)
    {
        var run = new ModelTrainer(Edge.Make(), plan, ImmutableSortedDictionary<string, string>.Empty, LookAheadReport.LivePipeline)
            .Run("planted", withModel: false, null, CancellationToken.None);
        return (double)((run.OutOfSample.FinalCash / run.OutOfSample.InitialCash) - 1);
    }
}
