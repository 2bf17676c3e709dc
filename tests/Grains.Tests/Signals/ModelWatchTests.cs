using System.Collections.Immutable;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Models;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Models;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Signals;

/// <summary>The watches of a strategy's champion and challenger, on a market that changes by script.</summary>
[Collection(ModelClusterCollection.Name)]
public sealed class ModelWatchTests(ModelCluster cluster)
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    private readonly string _strategy = cluster.TakeStrategy();
    private int _second;

    [Fact]
    public async Task GetWatches_RegimeChanges_IsInAlarmAlsoAfterARestart()
    {
        await ServeAsync("calm-1", ModelStage.Champion);
        await PlayAsync(60, 0);
        Assert.Equal(DriftState.None, (await ReadingAsync("calm-1")).Drift.State);

        await PlayAsync(200, 1);
        var alarm = await ReadingAsync("calm-1");
        Assert.Equal((DriftState.Alarm, 260L), (alarm.Drift.State, alarm.Drift.Rows));
        Assert.Contains("2 of 2 features", alarm.Drift.Text, StringComparison.Ordinal);

        await cluster.RestartAsync(cluster.Signals(_strategy));
        await PlayAsync(1, 1);

        var after = await ReadingAsync("calm-1");
        Assert.Equal((DriftState.Alarm, 261L, 261L), (after.Drift.State, after.Drift.Rows, after.Today!.Value.Samples));
    }

    [Fact]
    public async Task GetWatches_ModelExchanged_BeginsAgainAndForgetsTheRetired()
    {
        await ServeAsync("first-1", ModelStage.Champion);
        await PlayAsync(40, 1);
        Assert.Equal(40, (await ReadingAsync("first-1")).Drift.Rows);
        await ServeAsync("second-1", ModelStage.Champion);
        await PlayAsync(5, 1);
        Assert.Equal(5, (await ReadingAsync("second-1")).Drift.Rows);
        Assert.Equal(45, (await ReadingAsync("first-1")).Drift.Rows);

        await cluster.MoveAsync("first-1", ModelStage.Retired);

        Assert.Equal("second-1", Assert.Single(await cluster.Signals(_strategy).GetWatches()).ModelId);
    }

    [Fact]
    public async Task GetWatches_ModelWithoutBaselineAndARule_AreUnknownAndNone()
    {
        await cluster.RegisterAsync("old-9", _strategy);
        await cluster.MoveAsync("old-9", ModelStage.Champion);
        await PlayAsync(1, 0);
        Assert.Equal(DriftState.Unknown, (await ReadingAsync("old-9")).Drift.State);

        await cluster.Signals("rule").Evaluate(cluster.SampleAt(1_000_000) with { Values = [.. Enumerable.Repeat(0f, 64)] });
        var rule = (await cluster.Signals("rule").GetStatus()).Champion.ModelId;
        Assert.DoesNotContain(await cluster.Signals("rule").GetWatches(), reading => reading.ModelId == rule);
    }

    [Fact]
    public async Task GetWatches_ScoreDiffersFromItsRecomputation_CountsTheBreak()
    {
        await ServeAsync("lead-9", ModelStage.Champion);
        await ServeAsync("false-9", ModelStage.Shadow);
        cluster.Loader.Recomputed["false-9"] = 0.5;

        await PlayAsync(2 * ModelCluster.ParityEvery, 0);

        var (lead, differs) = (await ReadingAsync("lead-9"), await ReadingAsync("false-9"));
        Assert.Equal((2L, 0L, null), (lead.Recomputed, lead.ParityBreaks, lead.LastBreak));
        Assert.Equal((2L, 2L), (differs.Recomputed, differs.ParityBreaks));
        Assert.Contains("the score was 1, and is 0.5…0.5 computed again", differs.LastBreak, StringComparison.Ordinal);
    }

    /// <summary>A store that fails keeps no decision from being made.</summary>
    [Fact]
    public async Task Evaluate_WatchNotStored_DecidesAsBefore()
    {
        await ServeAsync("kept-9", ModelStage.Champion);
        cluster.Storage.Fails = GrainStateNames.Signal;
        try
        {
            await PlayAsync(3, 0);
            await cluster.RestartAsync(cluster.Signals(_strategy));
        }
        finally
        {
            cluster.Storage.Fails = null;
        }

        await PlayAsync(2, 0);
        Assert.Equal(2, (await ReadingAsync("kept-9")).Drift.Rows);
    }

    private async Task ServeAsync(string id, ModelStage stage)
    {
        var random = new Random(7);
        cluster.Loader.Baselines[id] = ModelBaseline.Unknown with
        {
            Distributions = new(["a", "b"], [Bins(random), Bins(random)], null),
            Columns = [0, 1],
        };
        await cluster.RegisterAsync(id, _strategy);
        await cluster.MoveAsync(id, stage);
    }

    private static FeatureBins Bins(Random random) => FeatureBins.Of([.. Enumerable.Range(0, 3_000).Select(_ => random.NextSingle())]);

    /// <summary>Samples with values as in training, moved by a distance.</summary>
    private async Task PlayAsync(int samples, float moved)
    {
        for (var i = 0; i < samples; i++, _second++)
        {
            // Both sequences fill 0…1 evenly.
            ImmutableArray<float> values = [(_second * 0.618034f % 1) + moved, (_second * 0.754878f % 1) + moved];
            await cluster.Signals(_strategy).Evaluate(cluster.SampleAt(_second) with { Values = values });
        }
    }

    /// <summary>The watch once it has taken the last sample, which happens after its decision was answered.</summary>
    private async Task<ModelWatchReading> ReadingAsync(string id)
    {
        ModelWatchReading? reading = null;
        await Eventually.TrueAsync(
            $"{id} has taken the last sample",
            async () =>
            {
                reading = (await cluster.Signals(_strategy).GetWatches()).SingleOrDefault(one => one.ModelId == id);
                return reading?.At == cluster.SampleAt(_second - 1).EventTime;
            },
            AnswerMax);
        return reading!;
    }
}
