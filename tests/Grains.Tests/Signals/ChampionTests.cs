using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Tests.Models;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Signals;

/// <summary>Which model decides, and what is counted of its challengers.</summary>
[Collection(ModelClusterCollection.Name)]
public sealed class ChampionTests(ModelCluster cluster)
{
    private static readonly TimeSpan ExchangeMax = TimeSpan.FromSeconds(60);

    private readonly string _strategy = cluster.TakeStrategy();

    [Fact]
    public async Task Evaluate_NoChampionYet_IsRefusedAsNotReady()
    {
        var signal = (await cluster.EvaluateAsync(_strategy, 1)).Signal;

        var refusal = Assert.Single(signal.Refusals);
        Assert.Equal("MODEL_NOT_READY", refusal.Code);
        Assert.Contains("no champion yet", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_WhileTheChampionIsExchanged_DecidesEverySampleOnce()
    {
        await cluster.RegisterAsync("old-1", _strategy);
        await cluster.RegisterAsync("new-1", _strategy, SignalDirection.Flat);
        await cluster.MoveAsync("old-1", ModelStage.Champion);
        var former = cluster.Loader.ScorersOf("old-1").Last();
        var gate = cluster.Loader.Gates["new-1"] = new TaskCompletionSource();

        // Opening hangs: decisions must continue with the old model.
        var move = cluster.MoveAsync("new-1", ModelStage.Champion);
        var second = 0;
        for (; second < 50; second++)
        {
            Assert.Equal("old-1", (await cluster.EvaluateAsync(_strategy, second)).Signal.ModelId);
        }

        Assert.NotNull(await cluster.Registry.Find("new-1").WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.False(move.IsCompleted);
        gate.SetResult();
        using var limit = new CancellationTokenSource(ExchangeMax);
        for (; !move.IsCompleted || second < 100; second++)
        {
            Assert.False(limit.IsCancellationRequested, $"not exchanged within {ExchangeMax.TotalSeconds} s and {second} samples");
            await cluster.EvaluateAsync(_strategy, second);
        }

        await move;
        Assert.Equal("new-1", (await cluster.EvaluateAsync(_strategy, second)).Signal.ModelId);
        var decisions = cluster.Journal.Of(_strategy).ToArray();
        Assert.Equal(second + 1, decisions.Length);
        Assert.Equal(Enumerable.Range(1, second + 1), decisions.Select(d => (int)d.Sample.LastSequence));
        Assert.All(decisions, d => Assert.True(d.Signal.IsValid));
        Assert.Single(decisions.Zip(decisions.Skip(1)), pair => pair.First.Signal.ModelId != pair.Second.Signal.ModelId);
        Assert.True(former.IsDisposed);
    }

    [Fact]
    public async Task Evaluate_ManyAtOnceDuringExchanges_DecidesEverySampleOnce()
    {
        await cluster.RegisterAsync("ping-1", _strategy);
        await cluster.RegisterAsync("pong-1", _strategy);
        await cluster.MoveAsync("ping-1", ModelStage.Champion);

        var decisions = Enumerable.Range(0, 200).Select(i => cluster.EvaluateAsync(_strategy, i)).ToArray();
        for (var i = 0; i < 10; i++)
        {
            await cluster.MoveAsync(i % 2 == 0 ? "pong-1" : "ping-1", ModelStage.Champion);
        }

        var seen = await Task.WhenAll(decisions);
        Assert.Equal(200, seen.Select(d => d.Sample.LastSequence).Distinct().Count());
        Assert.Equal(200, cluster.Journal.Of(_strategy).Count());
        Assert.All(seen, d => Assert.Contains(d.Signal.ModelId, new[] { "ping-1", "pong-1" }));
    }

    [Fact]
    public async Task Evaluate_WithShadows_CountsAgreementRefusalAndFailureApart()
    {
        await cluster.RegisterAsync("lead-1", _strategy);
        await cluster.RegisterAsync("agrees-1", _strategy);
        await cluster.RegisterAsync("differs-1", _strategy, SignalDirection.Short);
        await cluster.RegisterAsync("breaks-1", _strategy);
        cluster.Loader.Failures["breaks-1"] = "out of luck";
        await cluster.MoveAsync("lead-1", ModelStage.Champion);
        foreach (var shadow in new[] { "agrees-1", "differs-1", "breaks-1" })
        {
            await cluster.MoveAsync(shadow, ModelStage.Shadow);
        }

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("lead-1", (await cluster.EvaluateAsync(_strategy, i)).Signal.ModelId);
        }

        var (agrees, differs, breaks) = (await RunAsync("agrees-1"), await RunAsync("differs-1"), await RunAsync("breaks-1"));
        Assert.Equal((5, 5, 5, 0), (agrees.Scored, agrees.Compared, agrees.Agreed, agrees.Failed));
        Assert.Equal((5, 5, 0), (differs.Scored, differs.Compared, differs.Agreed));
        Assert.Equal(SignalDirection.Short, differs.LastSignal!.Direction);
        Assert.Equal((0, 5, "out of luck"), (breaks.Scored, breaks.Failed, breaks.LastFailure));
        Assert.Equal(5, cluster.Journal.Of(_strategy).Count(d => d.Signal.ModelId == "lead-1"));

        async Task<ModelRun> RunAsync(string id)
        {
            ModelRun? run = null;
            await Eventually.TrueAsync(
                $"{id} has seen five samples",
                async () =>
                {
                    run = (await cluster.Signals(_strategy).GetStatus()).Shadows.Single(s => s.ModelId == id);
                    return run.Scored + run.Failed == 5;
                },
                TimeSpan.FromSeconds(10));
            return run!;
        }
    }

    [Fact]
    public async Task Evaluate_SlowShadow_IsAnsweredBeforeTheShadowHasScored()
    {
        await cluster.RegisterAsync("quick-1", _strategy);
        await cluster.RegisterAsync("slow-1", _strategy);
        await cluster.MoveAsync("quick-1", ModelStage.Champion);
        await cluster.MoveAsync("slow-1", ModelStage.Shadow);
        using var block = cluster.Loader.Blocks["slow-1"] = new ManualResetEventSlim();

        var decision = await cluster.EvaluateAsync(_strategy, 1).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Equal("quick-1", decision.Signal.ModelId);
        Assert.False(block.IsSet);
        block.Set();
        Assert.Equal(1, Assert.Single((await cluster.Signals(_strategy).GetStatus()).Shadows).Scored);
        cluster.Loader.Blocks.Clear();
    }

    [Fact]
    public async Task Evaluate_AfterRestart_ReopensTheAssignment()
    {
        await cluster.RegisterAsync("stays-1", _strategy);
        await cluster.RegisterAsync("beside-2", _strategy);
        await cluster.MoveAsync("stays-1", ModelStage.Champion);
        await cluster.MoveAsync("beside-2", ModelStage.Shadow);
        var before = cluster.Loader.ScorersOf("stays-1").Last();

        await cluster.RestartAsync(cluster.Signals(_strategy));

        Assert.Equal("stays-1", (await cluster.EvaluateAsync(_strategy, 1)).Signal.ModelId);
        Assert.Equal("beside-2", Assert.Single((await cluster.Signals(_strategy).GetStatus()).Shadows).ModelId);
        Assert.True(before.IsDisposed);
    }

    [Fact]
    public async Task Evaluate_ChampionRefusedAfterRestart_SaysWhyAndComesBackWhenMended()
    {
        await cluster.RegisterAsync("breaks-2", _strategy);
        await cluster.MoveAsync("breaks-2", ModelStage.Champion);
        cluster.Loader.Refusals["breaks-2"] = "model.onnx has another checksum";
        await cluster.RestartAsync(cluster.Signals(_strategy));

        var refusal = Assert.Single((await cluster.EvaluateAsync(_strategy, 1)).Signal.Refusals);
        Assert.Contains("another checksum", refusal.Detail, StringComparison.Ordinal);

        await cluster.RegisterAsync("works-2", _strategy);
        await cluster.MoveAsync("works-2", ModelStage.Shadow);
        Assert.Equal("works-2", Assert.Single((await cluster.Signals(_strategy).GetStatus()).Shadows).ModelId);

        cluster.Loader.Refusals.Clear();
        await cluster.Registry.Reassert();
        Assert.Equal("breaks-2", (await cluster.EvaluateAsync(_strategy, 2)).Signal.ModelId);
    }

    [Theory]
    [InlineData(ModelStage.Retired)]
    [InlineData(ModelStage.Shadow)]
    public async Task Evaluate_ChampionGoneAndAFallbackConfigured_RefusesAlsoAfterARestart(ModelStage stage)
    {
        var strategy = cluster.TakeStrategyWithFallback();
        await cluster.RegisterAsync($"last-{strategy}", strategy);
        Assert.StartsWith(SignalModels.FlowMomentum, (await cluster.Signals(strategy).GetStatus()).Champion.ModelId, StringComparison.Ordinal);
        await cluster.MoveAsync($"last-{strategy}", ModelStage.Champion);

        await cluster.MoveAsync($"last-{strategy}", stage);

        await RefusesAsync(1);
        await cluster.RestartAsync(cluster.Signals(strategy));
        await RefusesAsync(2);
        await cluster.RestartAsync(cluster.Registry);
        await cluster.Registry.Reassert();
        await RefusesAsync(3);

        await cluster.RegisterAsync($"next-{strategy}", strategy);
        await cluster.MoveAsync($"next-{strategy}", ModelStage.Champion);
        Assert.Equal($"next-{strategy}", (await cluster.EvaluateAsync(strategy, 4)).Signal.ModelId);

        async Task RefusesAsync(int second)
        {
            var decision = await cluster.EvaluateAsync(strategy, second);
            Assert.Null(decision.Risk.Intent);
            Assert.Contains("no champion any more", Assert.Single(decision.Signal.Refusals).Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Assign_OlderThanKnown_IsIgnored()
    {
        await cluster.RegisterAsync("newest-1", _strategy);
        await cluster.MoveAsync("newest-1", ModelStage.Champion);

        var status = await cluster.Signals(_strategy).Assign(new(0, null, []));

        Assert.Equal("newest-1", status.Champion.ModelId);
    }
}
