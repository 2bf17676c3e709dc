using BtcAgent.Research.Optimization.Pruning;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Studies;
using BtcAgent.Testing;

namespace BtcAgent.Research.Tests.Optimization.Studies;

/// <summary>Any number of jobs gives the same trials; budgets, failures and cancellations end a search as documented.</summary>
public sealed class StudyTests
{
    private static readonly StudyOptions Forty = new() { Trials = 40, Seed = 7 };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_AnyJobs_GivesTheSameTrials(int jobs)
    {
        var one = new Study(FoldObjective.Space, new FoldObjective(8), new TpeSampler(), Forty).Run();
        // Finish the trials in an order that differs from that of their numbers.
        var uneven = new FoldObjective(8) { Before = call => Thread.SpinWait(call % 7 == 0 ? 2_000_000 : 10) };

        var many = new Study(FoldObjective.Space, uneven, new TpeSampler(), Forty with { Jobs = jobs }).Run();

        Assert.Equal(one.Trials.Select(Text), many.Trials.Select(Text));
        Assert.Equal(one.Best!.Number, many.Best!.Number);
        Assert.Equal(40, many.Trials.Length);
        Assert.Contains(many.Trials, trial => trial.State == TrialState.Pruned);
    }

    [Fact]
    public void Run_OtherSeedOrLag_GivesOtherTrials()
    {
        string Trials(StudyOptions options) =>
            string.Join('\n', new Study(FoldObjective.Space, new FoldObjective(2), new TpeSampler(), options).Run().Trials.Select(Text));

        Assert.NotEqual(Trials(Forty), Trials(Forty with { Seed = 8 }));
        Assert.NotEqual(Trials(Forty), Trials(Forty with { Lag = 1 }));
    }

    [Fact]
    public void Run_MoreJobsThanLag_CapsAndSaysSo()
    {
        var study = new Study(FoldObjective.Space, new FoldObjective(2), new RandomSampler(), Forty with { Jobs = 9, Lag = 2 });

        Assert.Equal(2, study.Jobs);
        Assert.Contains(study.Run().Notes, note => note.Contains("9 jobs are capped at 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_FailedFold_EndsItsTrialWithoutAValue()
    {
        var result = new Study(FoldObjective.Space, new FoldObjective(3), new RandomSampler(), Forty).Run();

        var failed = result.Trials.Where(trial => trial.Point.Number("x") > 1.8).ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, trial => Assert.Equal((TrialState.Failed, 1, double.NaN), (trial.State, trial.Folds.Length, trial.Value)));
        Assert.Equal(TrialState.Complete, result.Best!.State);
        Assert.Equal(result.Trials.Where(t => t.State == TrialState.Complete).Max(t => t.Value), result.Best.Value);
    }

    [Fact]
    public void Run_Grid_EndsWhenItIsExhausted()
    {
        var result = new Study(FoldObjective.Space, new FoldObjective(1), new GridSampler(2), Forty).Run();

        Assert.Equal((StudyEnd.Exhausted, 8), (result.End, result.Trials.Length));
    }

    [Fact]
    public void Run_TimeIsOver_StartsNoFurtherTrial()
    {
        var time = new SteppingTime();
        var objective = new FoldObjective(1) { Before = _ => time.Advance(TimeSpan.FromMinutes(1)) };
        var options = new StudyOptions { Trials = 1_000, Time = TimeSpan.FromMinutes(12) };
        var seen = new List<StudyProgress>();

        var result = new Study(FoldObjective.Space, objective, new RandomSampler(), options, time: time).Run(new Recorder(seen));

        Assert.Equal((StudyEnd.Time, 12), (result.End, result.Trials.Length));
        Assert.Equal(Enumerable.Range(0, 12), seen.Select(p => p.Trial.Number));
        Assert.Equal(TimeSpan.FromMinutes(5), seen[6].Left);
        Assert.Contains(result.Notes, note => note.Contains("does not repeat", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ObjectiveThrows_EndsWithItsException()
    {
        var objective = new FoldObjective(2) { Before = call => _ = call == 9 ? throw new InvalidOperationException("no data") : 0 };

        var e = Assert.Throws<InvalidOperationException>(() =>
            new Study(FoldObjective.Space, objective, new RandomSampler(), Forty with { Jobs = 2 }).Run());

        Assert.Equal("no data", e.Message);
    }

    [Fact]
    public void Run_Cancelled_ReturnsWhatItHas()
    {
        using var cancel = new CancellationTokenSource();
        var objective = new FoldObjective(2) { Before = call => Cancel(call == 21, cancel) };

        var result = new Study(FoldObjective.Space, objective, new RandomSampler(), Forty).Run(ct: cancel.Token);

        Assert.Equal((StudyEnd.Cancelled, 10), (result.End, result.Trials.Length));
    }

    [Fact]
    public void Run_NoBudgetOrBadOption_IsRefused()
    {
        Study Of(StudyOptions options) => new(FoldObjective.Space, new FoldObjective(2), new RandomSampler(), options);

        Assert.Contains("needs a budget", Assert.Throws<ArgumentException>(() => Of(new() { Trials = null })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Of(new() { Lag = 0 }));
        Assert.Throws<ArgumentException>(() => Of(new() { Time = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => Of(new() { Pruning = new PruningOptions { Level = 0 } }));
    }

    internal static void Cancel(bool isTime, CancellationTokenSource cancel)
    {
        if (isTime)
        {
            cancel.Cancel();
        }
    }

    private static string Text(Trial trial) =>
        $"{trial.Number} {trial.Point} {trial.State} {trial.Value:R} {string.Join(' ', trial.Folds.Select(f => $"{f.Fold}:{f.Score:R}"))}";

    private sealed class Recorder(List<StudyProgress> seen) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => seen.Add(value);
    }
}
