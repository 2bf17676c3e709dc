using System.Collections.Immutable;
using BtcAgent.Domain.Models;

namespace BtcAgent.Domain.Tests.Models;

public sealed class ModelRosterTests
{
    [Fact]
    public void Register_New_IsACandidate()
    {
        var roster = Of(("a", "s"));

        Assert.Equal((ModelStage.Candidate, "s"), (roster.Find("a")!.Stage, roster.Find("a")!.Strategy));
        Assert.Equal(1, roster.Version);
        Assert.Null(roster.Find("b"));
    }

    [Fact]
    public void Register_Again_ChangesNothingAndOtherwiseRefuses()
    {
        var roster = Of(("a", "s"));

        Assert.Same(roster, roster.Register(Describe("a"), "s", At(9)).Roster);
        Assert.Contains("another artefact", roster.Register(Describe("a") with { Hash = "x" }, "s", At(9)).Refusal, StringComparison.Ordinal);
        Assert.Contains("for strategy 's', not 't'", roster.Register(Describe("a"), "t", At(9)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_Full_ForgetsTheOldestRetiredOrRefuses()
    {
        var full = Of([.. Enumerable.Range(0, ModelRoster.ModelsMax).Select(i => ($"m{i}", "s"))]);

        Assert.Contains("retire some", full.Register(Describe("new"), "s", At(0)).Refusal, StringComparison.Ordinal);

        var change = Move(Move(full, "m5", ModelStage.Retired), "m7", ModelStage.Retired).Register(Describe("new"), "s", At(0));
        Assert.Equal(ModelRoster.ModelsMax, change.Roster.Models.Length);
        Assert.Null(change.Roster.Find("m5"));
        Assert.NotNull(change.Roster.Find("m7"));
        Assert.NotNull(change.Roster.Find("new"));
    }

    [Fact]
    public void HadChampion_ChampionRetiredAndForgotten_StaysTrue()
    {
        var roster = Of(("a", "s"), ("b", "t"));
        Assert.False(roster.HadChampion("s"));

        roster = Move(Move(roster, "a", ModelStage.Champion), "a", ModelStage.Retired);
        Assert.True(roster.HadChampion("s"));
        Assert.False(roster.HadChampion("t"));
        Assert.True((roster with { Models = [] }).HadChampion("s"));

        // A roster stored before strategies were recorded: the histories of its models show them.
        Assert.True((roster with { Led = [] }).HadChampion("s"));
    }

    [Fact]
    public void HadChampion_PromotionTakenBack_IsFalse()
    {
        var before = Of(("a", "s"));
        var promoted = Move(before, "a", ModelStage.Champion);

        Assert.False(before.Restore(promoted, "a", "does not open", At(9)).HadChampion("s"));
    }

    [Fact]
    public void Move_EveryPairOfStages_FollowsTheTable()
    {
        foreach (var from in Enum.GetValues<ModelStage>())
        {
            foreach (var to in Enum.GetValues<ModelStage>())
            {
                var roster = Of(("a", "s"));
                roster = roster with { Models = [roster.Models[0] with { Stage = from }] };

                var change = roster.Move("a", to, "o", "r", At(5));

                Assert.Equal(ModelStages.CanMove(from, to), change.Refusal is null);
                Assert.Equal(change.Refusal is null ? to : from, change.Roster.Models[0].Stage);
            }
        }
    }

    [Fact]
    public void Move_SecondChampion_ExchangesWithinTheStrategyOnly()
    {
        var roster = Of(("a", "s"), ("b", "s"), ("c", "t"));
        roster = Move(Move(Move(roster, "a", ModelStage.Champion), "c", ModelStage.Champion), "b", ModelStage.Champion);

        Assert.Equal(("b", "c"), (roster.ChampionOf("s")!.Id, roster.ChampionOf("t")!.Id));
        Assert.Equal("a", Assert.Single(roster.ShadowsOf("s")).Id);
        Assert.Contains("b took its place: r", roster.Find("a")!.Moves[^1].Reason, StringComparison.Ordinal);
        Assert.Empty(roster.ShadowsOf("t"));
    }

    [Fact]
    public void ShadowsOf_Canary_IsScoredToo()
    {
        var roster = Move(Move(Of(("a", "s"), ("b", "s")), "a", ModelStage.Shadow), "a", ModelStage.Canary);
        Assert.Equal("a", Assert.Single(roster.ShadowsOf("s")).Id);
    }

    [Fact]
    public void Move_ManyTimes_KeepsTheNewestMoves()
    {
        var roster = Of(("a", "s"));
        for (var i = 0; i < 40; i++)
        {
            roster = Move(Move(roster, "a", ModelStage.Retired), "a", ModelStage.Candidate);
        }

        Assert.Equal(ModelRoster.MovesKept, roster.Find("a")!.Moves.Length);
        Assert.Equal(ModelStage.Candidate, roster.Find("a")!.Moves[^1].To);
        Assert.Equal(81, roster.Version);
    }

    [Fact]
    public void Restore_FailedMove_GoesBackWithAHigherVersionAndANote()
    {
        var before = Of(("a", "s"), ("b", "s"));
        before = Move(before, "a", ModelStage.Champion);
        var failed = Move(before, "b", ModelStage.Champion);

        var restored = before.Restore(failed, "b", "damaged", At(7));

        Assert.Equal("a", restored.ChampionOf("s")!.Id);
        Assert.True(restored.Version > failed.Version);
        var note = Assert.Single(restored.Find("b")!.Moves);
        Assert.Equal((ModelStage.Candidate, ModelStage.Candidate), (note.From, note.To));
        Assert.Contains("damaged", note.Reason, StringComparison.Ordinal);
    }

    private static ModelRoster Of(params (string Id, string Strategy)[] models) =>
        models.Aggregate(ModelRoster.Empty, (roster, m) => roster.Register(Describe(m.Id), m.Strategy, At(1)).Roster);

    private static ModelRoster Move(ModelRoster roster, string id, ModelStage to)
    {
        var change = roster.Move(id, to, "o", "r", At(2));
        Assert.Null(change.Refusal);
        return change.Roster;
    }

    private static Timestamp At(long milliseconds) => Timestamp.FromUnixMilliseconds(milliseconds);

    private static ModelDescription Describe(string id) => new()
    {
        Id = id,
        Hash = "h",
        SchemaHash = 1,
        Objective = "binary sigmoid:1",
        Trees = 1,
        Features = ["a"],
        Label = "l",
        TrainedFrom = At(1),
        TrainedTo = At(2),
        Metrics = ImmutableSortedDictionary<string, double>.Empty,
        Lineage = ImmutableSortedDictionary<string, string>.Empty,
        ParityRows = 1,
        ParityDifference = 0,
    };
}
