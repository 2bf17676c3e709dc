using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Tests.Models;

/// <summary>A model whose verdict is not "survives" trades real money only by a named override, and paper only by setting.</summary>
[Collection(ModelClusterCollection.Name)]
public sealed class VerdictGateTests(ModelCluster cluster) : IDisposable
{
    private static readonly VerdictOverride Override = new("Ada Lovelace", "a trial with 100 USDT");
    private readonly string _strategy = cluster.TakeStrategy();

    public void Dispose() => (cluster.Agent.RealMoney, cluster.Agent.UnprovenModelsTrade) = (false, false);

    [Fact]
    public async Task Move_UnprovenModelOnPaper_IsRefusedUntilTheSettingAllowsIt()
    {
        await cluster.RegisterAsync("unproven-paper", _strategy);

        var refused = await cluster.Registry.Move("unproven-paper", ModelStage.Champion, "operator", "test", Override);

        Assert.Contains("Agent:UnprovenModelsTrade", refused.Refusal, StringComparison.Ordinal);
        Assert.Contains("Not judged", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(ModelStage.Candidate, (await cluster.Registry.Find("unproven-paper"))!.Stage);
        await cluster.MoveAsync("unproven-paper", ModelStage.Shadow);
        cluster.Agent.UnprovenModelsTrade = true;
        await cluster.MoveAsync("unproven-paper", ModelStage.Champion);
        Assert.Equal("unproven-paper", (await cluster.EvaluateAsync(_strategy, 1)).Signal.ModelId);
    }

    [Fact]
    public async Task Move_UnprovenModelWithRealMoney_NeedsANamedOverrideThatIsKept()
    {
        (cluster.Agent.RealMoney, cluster.Agent.UnprovenModelsTrade) = (true, true);
        await cluster.RegisterAsync("unproven-money", _strategy);

        var refused = await cluster.Registry.Move("unproven-money", ModelStage.Champion, "operator", "test");

        Assert.Contains("override.person", refused.Refusal, StringComparison.Ordinal);
        Assert.Empty((await cluster.Registry.Find("unproven-money"))!.Moves);
        Assert.Null((await cluster.Registry.Move("unproven-money", ModelStage.Champion, "operator", "test", Override)).Refusal);
        await cluster.RestartAsync(cluster.Registry);
        await cluster.RestartAsync(cluster.Signals(_strategy));
        Assert.Equal(Override, (await cluster.Registry.Find("unproven-money"))!.Moves[^1].Override);
        Assert.Equal("unproven-money", (await cluster.EvaluateAsync(_strategy, 1)).Signal.ModelId);
    }

    [Fact]
    public async Task Move_SurvivingModelWithRealMoney_NeedsNoOverride()
    {
        cluster.Agent.RealMoney = true;
        await cluster.RegisterAsync("surviving-1", _strategy);

        Assert.Equal(ModelStage.Champion, (await cluster.MoveAsync("surviving-1", ModelStage.Champion)).Stage);
        var answer = await cluster.Registry.Move("surviving-1", ModelStage.Shadow, "operator", "test", Override);
        Assert.Contains("belongs to a move to champion", answer.Refusal, StringComparison.Ordinal);
    }

    /// <summary>A champion of an earlier version, without a verdict, on an agent that now trades real money.</summary>
    [Fact]
    public async Task Restart_UnprovenChampionWithRealMoney_TradesNothingAndSaysWhy()
    {
        cluster.Agent.UnprovenModelsTrade = true;
        await cluster.RegisterAsync("unproven-old", _strategy);
        await cluster.MoveAsync("unproven-old", ModelStage.Champion);
        cluster.Agent.RealMoney = true;

        await cluster.RestartAsync(cluster.Signals(_strategy));

        Assert.Equal(AbsentModel.Name, (await cluster.EvaluateAsync(_strategy, 1)).Signal.ModelId);
        var refused = Assert.Single((await cluster.Signals(_strategy).GetStatus()).Refused);
        Assert.Contains("override.person", refused.Reason, StringComparison.Ordinal);
    }
}
