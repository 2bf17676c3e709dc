using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Silo.Training;
using BtcAgent.Storage.Backups;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>Searches in the process of a trainer: a planted edge, a random walk, killed.</summary>
public sealed class TrainerSearchTests : IDisposable
{
    private readonly TrainerRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    /// <summary>Killed at the first trial, between trials, in the judgement or the training of the winner.</summary>
    [Fact]
    public async Task Run_PlantedEdgeKilledAtSeveralInstants_GivesTheModelOfOneThatWasNot()
    {
        var whole = await WrittenAsync("whole", trials: 8, days: 90, PlantedSamples.EdgeBps, seed: 3);
        var end = await TrainerRuns.RunAsync(whole);
        Assert.True(whole.IsDone, $"{end}");
        var (result, artefact, report) = whole.ReadDone();

        var lineage = artefact!.Manifest.Lineage;
        Assert.Equal((result.Findings!.Search, $"{result.Findings.Winner}"), (lineage["search"], lineage["search_trial"]));
        Assert.Equal("8", lineage["search_trials"]);
        Assert.Equal((8, 1, result.Findings.Settings), (result.Findings.Trials, result.Findings.Looks, lineage["search_settings"]));
        Assert.All(result.Findings.Reasons, reason => Assert.True(reason.Holds, reason.Text));
        Assert.StartsWith("It passes: ", result.Headline, StringComparison.Ordinal);
        Assert.Contains("<p class=\"verdict good\">It passes", System.Text.Encoding.UTF8.GetString(report), StringComparison.Ordinal);

        var killed = await WrittenAsync("killed", trials: 8, days: 90, PlantedSamples.EdgeBps, seed: 3);
        end = await TrainerRuns.RunAsync(killed, 0.3, 0.6, 0.95);

        Assert.True(killed.IsDone, $"{end}");
        Assert.Equal(TrainerJobs.DoneFiles(whole.FullPath), TrainerJobs.DoneFiles(killed.FullPath));
        Assert.Equal(File.ReadAllText(whole.TrialsPath), File.ReadAllText(killed.TrialsPath));
        Assert.Single(File.ReadAllLines(whole.OpeningsPath));
        Assert.Equal(Path.Combine(_runs.FullName, UntouchedOpenings.FileName), whole.OpeningsPath);
        Assert.Equal(BackupArchive.OpeningsFile, $"training/{UntouchedOpenings.FileName}");
    }

    /// <summary>And once more from a damaged store of trials, which are made again.</summary>
    [Fact]
    public async Task Run_RandomWalk_FindsNothingAndSaysWhy()
    {
        var folder = await WrittenAsync("walk", trials: 3, days: 15, edgeBps: 0, seed: 4);
        var end = await TrainerRuns.RunAsync(folder);
        Assert.True(folder.IsDone, $"{end}");
        var (result, artefact, report) = folder.ReadDone();

        Assert.Null(artefact);
        Assert.Equal(((string?)null, (VerdictState?)null), (result.ModelId, result.Verdict));
        Assert.StartsWith("No model is written. ", result.Headline, StringComparison.Ordinal);
        Assert.Contains(result.Findings!.Reasons, reason => !reason.Holds);
        Assert.Contains("verdict bad", System.Text.Encoding.UTF8.GetString(report), StringComparison.Ordinal);
        Assert.Equal(["report.html", "result.json"], TrainerJobs.DoneFiles(folder.FullPath).Keys);

        var expected = TrainerJobs.DoneFiles(folder.FullPath);
        folder.Discard();
        var trials = File.ReadAllText(folder.TrialsPath);
        File.WriteAllText(folder.TrialsPath, trials.Replace("\"trial\":0", "\"trial\":9", StringComparison.Ordinal));
        Assert.NotEqual(trials, File.ReadAllText(folder.TrialsPath));
        await TrainerRuns.RunAsync(folder);

        Assert.Equal(expected, TrainerJobs.DoneFiles(folder.FullPath));
        Assert.Equal(trials, File.ReadAllText(folder.TrialsPath));
    }

    [Fact]
    public async Task Run_UnknownParameter_FailsAndSaysWhich()
    {
        var job = PlantedSamples.Job(trials: 2);
        var folder = await WrittenAsync("unknown", job with
        {
            Request = job.Request with
            {
                Recipe = job.Request.Recipe with { Search = new TrainingSearch(2, null, 0.2, """{"parameters":[{"name":"deepness","type":"integer","low":1,"high":2}]}""") },
            },
        });

        var end = await TrainerRuns.RunAsync(folder);

        Assert.Contains("'deepness' is not a parameter of the training", end.Failed, StringComparison.Ordinal);
        Assert.False(folder.IsDone);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"job":"train-1","headline":"found","verdict":"Survives"}""")]
    public void ReadDone_NeitherModelNorFindings_IsRefused(string result)
    {
        var folder = _runs.Written("torn", PlantedSamples.Job(trials: 2));
        Directory.CreateDirectory(Path.Combine(folder.FullPath, "done"));
        File.WriteAllText(Path.Combine(folder.FullPath, "done", "result.json"), result);
        File.WriteAllText(Path.Combine(folder.FullPath, "done", "report.html"), "page");

        Assert.Throws<ModelRefusedException>(() => folder.ReadDone());
    }

    private Task<TrainerFolder> WrittenAsync(string name, int trials, int days, double edgeBps, int seed) =>
        WrittenAsync(name, PlantedSamples.Job(trials), days, edgeBps, seed);

    private async Task<TrainerFolder> WrittenAsync(string name, TrainerJob job, int days = 10, double edgeBps = 0, int seed = 1)
    {
        var folder = _runs.Written(name, job);
        await PlantedSamples.WriteAsync(folder, days, edgeBps, seed);
        return folder;
    }
}
