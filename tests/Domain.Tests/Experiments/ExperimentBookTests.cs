using BtcAgent.Domain.Experiments;

namespace BtcAgent.Domain.Tests.Experiments;

public sealed class ExperimentBookTests
{
    /// <summary>Without a horizon: its boundaries, of which these tests have no need, take long to compute.</summary>
    private static readonly ExperimentPlan Plan = new() { HorizonDays = null, ShadowDays = 2, ShadowTrades = 1 };
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_767_225_600_000);

    [Fact]
    public void Begin_OfTheSameChallenger_OrOfTooMany_IsRefused()
    {
        var begun = ExperimentBook.Empty.Begin("s", "rule", "one", Plan, Start);
        Assert.Equal("ab-1", begun.Tracked!.Experiment.Id);

        Assert.Contains("is running already", begun.Book.Begin("s", "rule", "one", Plan, Start).Refusal, StringComparison.Ordinal);
        Assert.Contains("Experiments:Challengers", begun.Book.Begin("s", "rule", "two", Plan, Start).Refusal, StringComparison.Ordinal);
        Assert.Contains("with itself", begun.Book.Begin("t", "one", "one", Plan, Start).Refusal, StringComparison.Ordinal);
        Assert.Null(begun.Book.Begin("t", "rule", "two", Plan, Start).Refusal);
    }

    [Fact]
    public void Moves_AreCarriedOutInTheirOrder_EachOnce()
    {
        var book = ExperimentBook.Empty.Begin("s", "rule", "one", Plan, Start).Book;
        Assert.Null(book.Find("ab-1")!.Pending);
        book = book.Stop("ab-1", "ada", "enough of it", Start).Book;
        Assert.Equal(ExperimentStage.Ended, book.Find("ab-1")!.Pending!.To);

        var failed = book.Applied("ab-1", 1, "the registry refuses").Book;
        Assert.Equal("the registry refuses", failed.Find("ab-1")!.Problem);
        Assert.NotNull(failed.Find("ab-1")!.Pending);

        var done = failed.Applied("ab-1", 1, null).Book;
        Assert.Null(done.Find("ab-1")!.Pending);
        Assert.Null(done.Find("ab-1")!.Problem);
        Assert.Same(done, done.Applied("ab-1", 1, null).Book);
        Assert.Contains("has ended", done.Stop("ab-1", "ada", "again", Start).Refusal, StringComparison.Ordinal);
        Assert.Contains("there is no experiment", done.Stop("ab-9", "ada", "again", Start).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Observe_KnownDays_ChangesNothing()
    {
        var book = ExperimentBook.Empty.Begin("s", "rule", "one", Plan, Start).Book;
        var day = new ExperimentDay(new DateOnly(2026, 1, 1), Start, 0.001, 0.002, 3, StageHealth.Green);
        var once = book.Observe("ab-1", [day], null, Start).Book;
        var twice = once.Observe("ab-1", [day, day], null, Start).Book;

        Assert.Single(once.Find("ab-1")!.Experiment.Differences);
        Assert.Single(twice.Find("ab-1")!.Experiment.Differences);
        Assert.Equal(0.001, once.Find("ab-1")!.Experiment.TotalDifference, 12);
    }

    [Fact]
    public void Ended_AreKeptUpToTheirNumber_WithEveryRunningOne()
    {
        var book = ExperimentBook.Empty.Begin("running", "rule", "first", Plan, Start).Book;
        for (var i = 0; i < ExperimentBook.EndedKept + 20; i++)
        {
            var begun = book.Begin("s", "rule", $"m{i}", Plan, Start);
            var id = begun.Tracked!.Experiment.Id;
            book = begun.Book.Stop(id, "ada", "enough", Start).Book.Applied(id, 1, null).Book;
        }

        Assert.Equal(ExperimentBook.EndedKept + 1, book.Items.Length);
        Assert.Contains(book.Items, item => item.Experiment is { Challenger: "first", IsRunning: true });
    }
}
