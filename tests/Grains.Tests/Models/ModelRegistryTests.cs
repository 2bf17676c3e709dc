using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Models;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Tests.Models;

/// <summary>What the registry stores, refuses and repairs.</summary>
[Collection(ModelClusterCollection.Name)]
public sealed class ModelRegistryTests(ModelCluster cluster) : IDisposable
{
    private readonly string _strategy = cluster.TakeStrategy();

    public void Dispose() => cluster.Storage.Fails = null;

    [Fact]
    public async Task Register_SameArtefactAgain_ChangesNothing()
    {
        var first = await cluster.RegisterAsync("same-1", _strategy);
        var count = (await cluster.Registry.List()).Length;

        var second = await cluster.RegisterAsync("same-1", _strategy);

        Assert.Equal(ModelStage.Candidate, second.Stage);
        Assert.Equal(first.RegisteredAt, second.RegisteredAt);
        Assert.Equal(count, (await cluster.Registry.List()).Length);
    }

    /// <summary>Two workers of one training job, of which one has lost its lease, and whose data differed.</summary>
    [Fact]
    public async Task Register_OtherArtefactOfTheSameCommand_ReturnsTheFirstModel()
    {
        CommandOperation.Current = "train-1-model";
        try
        {
            var first = await cluster.RegisterAsync("worker-1", _strategy);
            var late = await cluster.Registry.Register(ScriptedModels.Artefact("worker-2"), _strategy);

            Assert.Equal((first.Id, null), (late.Entry!.Id, late.Refusal));
            Assert.Null(await cluster.Registry.Find("worker-2"));

            // The move of the same command is not mistaken for the registration.
            Assert.Equal(ModelStage.Shadow, (await cluster.Registry.Move("worker-1", ModelStage.Shadow, "tester", "a test")).Entry!.Stage);
        }
        finally
        {
            CommandOperation.Current = null;
        }
    }

    [Fact]
    public async Task Register_OtherArtefactUnderTheSameId_IsRefused()
    {
        await cluster.RegisterAsync("other-1", _strategy);

        var answer = await cluster.Registry.Register(ScriptedModels.Artefact("other-1", hash: "h2"), _strategy);

        Assert.Null(answer.Entry);
        Assert.Contains("another artefact", answer.Refusal, StringComparison.Ordinal);
        var direct = await Assert.ThrowsAsync<ModelRefusedException>(
            () => cluster.Grains.GetGrain<IModelGrain>("other-1").Register(ScriptedModels.Artefact("other-1", hash: "h2")));
        Assert.Contains("another artefact", direct.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "damaged")]
    [InlineData("", "damaged")]
    [InlineData("refused-1|h|Long", "schema 17")]
    public async Task Register_BadArtefact_IsRefusedWithTheReason(string text, string reason)
    {
        cluster.Loader.Refusals["refused-1"] = "trained on schema 17";

        var answer = await cluster.Registry.Register([.. System.Text.Encoding.UTF8.GetBytes(text)], _strategy);

        Assert.Contains(reason, answer.Refusal, StringComparison.Ordinal);
        Assert.Null(await cluster.Registry.Find("refused-1"));
    }

    [Fact]
    public async Task Register_UnknownStrategy_ListsTheKnownOnes()
    {
        var answer = await cluster.Registry.Register(ScriptedModels.Artefact("lost-1"), "nowhere");
        Assert.Contains("there are: s0, s1", answer.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GrainStateNames.Model)]
    [InlineData(GrainStateNames.ModelRegistry)]
    public async Task Register_StorageFails_IsNotAcknowledged(string state)
    {
        var id = $"unstored-{state}";
        cluster.Storage.Fails = state;
        await Assert.ThrowsAsync<OrleansException>(() => cluster.Registry.Register(ScriptedModels.Artefact(id), _strategy));
        cluster.Storage.Fails = null;

        Assert.Null(await cluster.Registry.Find(id));
        await cluster.RegisterAsync(id, _strategy);
        Assert.False((await cluster.Grains.GetGrain<IModelGrain>(id).GetArtefact()).IsDefaultOrEmpty);
    }

    [Fact]
    public async Task Move_AlongTheStages_IsKeptWithTimeAndWho()
    {
        await cluster.RegisterAsync("moves-1", _strategy);
        foreach (var stage in new[] { ModelStage.Shadow, ModelStage.Canary, ModelStage.Champion, ModelStage.Retired, ModelStage.Candidate })
        {
            Assert.Equal(stage, (await cluster.MoveAsync("moves-1", stage)).Stage);
        }

        await cluster.RestartAsync(cluster.Registry);

        var entry = await cluster.Registry.Find("moves-1");
        Assert.Equal(ModelStage.Candidate, entry!.Stage);
        Assert.Equal(5, entry.Moves.Length);
        Assert.All(entry.Moves, m => Assert.True(m.Operator == "operator" && m.Reason == "test" && m.Time.IsKnown));
        Assert.Equal((ModelStage.Canary, ModelStage.Champion), (entry.Moves[2].From, entry.Moves[2].To));
    }

    [Fact]
    public async Task Move_IllegalOrUnknown_IsRefusedAndChangesNothing()
    {
        await cluster.RegisterAsync("illegal-1", _strategy);

        var answer = await cluster.Registry.Move("illegal-1", ModelStage.Canary, "operator", "test");

        Assert.Contains("is candidate and cannot become canary; it can become shadow, champion, retired", answer.Refusal, StringComparison.Ordinal);
        Assert.Empty((await cluster.Registry.Find("illegal-1"))!.Moves);
        Assert.Contains("not registered", (await cluster.Registry.Move("no-such", ModelStage.Shadow, "o", "r")).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_ChampionOfARule_IsRefusedAndShadowIsNot()
    {
        await cluster.RegisterAsync("beside-1", "rule");

        var answer = await cluster.Registry.Move("beside-1", ModelStage.Champion, "operator", "test");

        Assert.Contains("trades a rule", answer.Refusal, StringComparison.Ordinal);
        await cluster.MoveAsync("beside-1", ModelStage.Shadow);
        var status = await cluster.Signals("rule").GetStatus();
        Assert.StartsWith("flow-momentum", status.Champion.ModelId, StringComparison.Ordinal);
        Assert.Equal("beside-1", Assert.Single(status.Shadows).ModelId);
    }

    [Fact]
    public async Task Move_SecondChampion_SendsTheFormerToShadow()
    {
        await cluster.RegisterAsync("former-1", _strategy);
        await cluster.RegisterAsync("next-1", _strategy);
        await cluster.MoveAsync("former-1", ModelStage.Champion);

        await cluster.MoveAsync("next-1", ModelStage.Champion);

        var former = await cluster.Registry.Find("former-1");
        Assert.Equal(ModelStage.Shadow, former!.Stage);
        Assert.Contains("next-1 took its place", former.Moves[^1].Reason, StringComparison.Ordinal);
        var status = await cluster.Signals(_strategy).GetStatus();
        Assert.Equal(("next-1", "former-1"), (status.Champion.ModelId, Assert.Single(status.Shadows).ModelId));
    }

    [Fact]
    public async Task Move_RefusedAtOpening_IsTakenBackAndTheOldChampionTrades()
    {
        await cluster.RegisterAsync("good-1", _strategy);
        await cluster.RegisterAsync("bad-1", _strategy, SignalDirection.Short);
        await cluster.MoveAsync("good-1", ModelStage.Champion);
        cluster.Loader.Refusals["bad-1"] = "conversion check failed: 3 branch differences";

        var answer = await cluster.Registry.Move("bad-1", ModelStage.Champion, "operator", "test");

        Assert.Equal("conversion check failed: 3 branch differences", answer.Refusal);
        Assert.Equal(ModelStage.Champion, (await cluster.Registry.Find("good-1"))!.Stage);
        var bad = (await cluster.Registry.Find("bad-1"))!;
        Assert.Equal(ModelStage.Candidate, bad.Stage);
        Assert.Contains("taken back: conversion check failed", Assert.Single(bad.Moves).Reason, StringComparison.Ordinal);
        Assert.Equal("good-1", (await cluster.EvaluateAsync(_strategy, 1)).Signal.ModelId);
        await cluster.RegisterAsync("third-1", _strategy);
        Assert.Equal("conversion check failed: 3 branch differences", (await cluster.Registry.Move("bad-1", ModelStage.Shadow, "operator", "test")).Refusal);
        await cluster.MoveAsync("third-1", ModelStage.Shadow);
        Assert.Equal("third-1", Assert.Single((await cluster.Signals(_strategy).GetStatus()).Shadows).ModelId);
    }

    [Fact]
    public async Task Move_SignalGrainCannotStore_IsToldAgainOnTheNextCall()
    {
        await cluster.RegisterAsync("notified-1", _strategy);
        cluster.Storage.Fails = GrainStateNames.Signal;
        await Assert.ThrowsAsync<OrleansException>(() => cluster.Registry.Move("notified-1", ModelStage.Champion, "operator", "test"));
        cluster.Storage.Fails = null;
        Assert.Equal(AbsentModel.Name, (await cluster.EvaluateAsync(_strategy, 1)).Signal.ModelId);

        await BtcAgent.Testing.Eventually.TrueAsync(
            "the champion trades",
            async () =>
            {
                await cluster.Registry.List();
                return (await cluster.Signals(_strategy).GetStatus()).Champion.ModelId == "notified-1";
            },
            TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Explain_RegisteredModel_AddsUp()
    {
        await cluster.RegisterAsync("why-1", _strategy);
        var model = cluster.Grains.GetGrain<IModelGrain>("why-1");

        var explanation = await model.Explain([1f, 2f]);

        Assert.Equal(explanation.RawScore, explanation.Baseline + explanation.Contributions.Sum());
        Assert.Contains("2 features", (await Assert.ThrowsAsync<ModelRefusedException>(() => model.Explain([1f]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ModelRefusedException>(() => cluster.Grains.GetGrain<IModelGrain>("nobody").Explain([1f, 2f]));
    }
}
