using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Experiments;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Silo.Tests.Watches;

/// <summary>The watches of a running agent's models lead to a training, or to the end of a challenger.</summary>
public sealed class WatchOfAnAgentTests : IAsyncLifetime
{
    private const int SamplesJudged = 200;

    private WatchedAgent _agent = null!;

    public async ValueTask InitializeAsync() => _agent = await WatchedAgent.StartAsync();

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    [Fact]
    public async Task Champion_InAnotherRegime_AsksForOneTraining()
    {
        await _agent.ServeAsync("lead-1", ModelStage.Champion);
        await _agent.PlayAsync(60);
        await _agent.LookAsync();
        Assert.Empty(await _agent.JobsAsync());

        await _agent.PlayAsync(100, moved: 1);
        await _agent.RestartAsync();
        await _agent.PlayAsync(100, moved: 1);
        await _agent.LookAsync();
        await _agent.LookAsync();

        var job = Assert.Single(await _agent.JobsAsync());
        Assert.Equal((TrainingTrigger.FeatureDrift, TrainingJobState.Queued, WatchedAgent.Strategy), (job.Request.Trigger, job.State, job.Strategy));
        Assert.Contains("lead-1 on BINANCE:BTCUSDT: 2 of 2 features have drifted", job.Request.Reason, StringComparison.Ordinal);
    }

    /// <summary>The answer to the drift is on trial already.</summary>
    [Fact]
    public async Task Champion_InAnotherRegimeBesideANewerChallenger_AsksForNone()
    {
        _agent.Models.Newer["next-1"] = 1;
        await _agent.ServeAsync("lead-1", ModelStage.Champion);
        await _agent.ServeAsync("next-1", ModelStage.Shadow);
        await _agent.PlayAsync(200, moved: 1);

        await _agent.LookAsync();

        Assert.Equal(DriftState.Alarm, (await _agent.ReadingAsync("lead-1")).Drift.State);
        Assert.Empty(await _agent.JobsAsync());
    }

    [Fact]
    public async Task Challenger_ThatDrifts_IsRolledBack()
    {
        _agent.Models.Newer["lead-1"] = 1;
        await TryAsync("tried-1", moved: 0);

        await _agent.PlayAsync(200, moved: 1);

        await EndsByAsync("tried-1", ExperimentCause.Drift, "2 of 2 features have drifted");
    }

    [Fact]
    public async Task Challenger_ThatIsSlow_IsRolledBack()
    {
        await TryAsync("tried-1");
        _agent.Models.Slow["tried-1"] = TimeSpan.FromMilliseconds(60);

        await _agent.PlayAsync(SamplesJudged);

        await EndsByAsync("tried-1", ExperimentCause.LatencyBudget, "scores were late");
    }

    [Fact]
    public async Task Challenger_WhoseScoreDiffersFromItsRecomputation_IsRolledBack()
    {
        await TryAsync("tried-1");
        _agent.Models.Broken["tried-1"] = 1e-9;

        await _agent.PlayAsync(WatchedAgent.ParityEvery);

        await EndsByAsync("tried-1", ExperimentCause.ParityBreak, "1 decisions differ");
    }

    /// <summary>A champion that is watched after its promotion is a challenger still.</summary>
    [Fact]
    public async Task Challenger_ThatIsSound_StaysInShadow()
    {
        await TryAsync("tried-1");

        await _agent.PlayAsync(SamplesJudged + 50);
        await _agent.LookAsync();

        var experiment = Assert.Single(await _agent.Experiments.List()).Experiment;
        Assert.Equal((ExperimentStage.Shadow, ModelStage.Shadow), (experiment.Stage, await _agent.StageAsync("tried-1")));
    }

    private async Task TryAsync(string challenger, float moved = 0)
    {
        await _agent.ServeAsync("lead-1", ModelStage.Champion);
        await _agent.ServeAsync(challenger, ModelStage.Shadow);
        await _agent.PlayAsync(50, moved);
        await _agent.LookAsync();
        Assert.True(Assert.Single(await _agent.Experiments.List()).Experiment.IsRunning);
    }

    private async Task EndsByAsync(string challenger, ExperimentCause cause, string text)
    {
        await _agent.LookAsync();
        var experiment = Assert.Single(await _agent.Experiments.List()).Experiment;
        Assert.Equal((ExperimentOutcome.RolledBack, cause), (experiment.Outcome, experiment.Moves[^1].Cause));
        Assert.Contains(text, experiment.Moves[^1].Text, StringComparison.Ordinal);
        Assert.Equal(ModelStage.Retired, await _agent.StageAsync(challenger));
    }
}
