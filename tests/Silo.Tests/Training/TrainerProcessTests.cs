using System.Diagnostics;
using BtcAgent.Domain.Models;
using BtcAgent.Silo.Training;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>Trainers as processes: killed, cancelled, over a limit.</summary>
public sealed class TrainerProcessTests : IDisposable
{
    private readonly TrainerRuns _runs = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _runs.Dispose();

    /// <summary>The trainer is killed once at each of several shares of its work, and once more in the same run at a later one.</summary>
    [Fact]
    public async Task Run_KilledAtSeveralInstants_GivesTheBytesOfOneThatWasNot()
    {
        var whole = await RunAsync("whole", TrainerJobs.Small());
        Assert.True(whole.Folder.IsDone, $"{whole.End}");
        var expected = TrainerJobs.DoneFiles(whole.Folder.FullPath);
        Assert.Equal(["model.zip", "report.html", "result.json"], expected.Keys);

        foreach (var kills in new double[][] { [0.0, 0.3], [0.85], [0.9, 0.86, 0.95] })
        {
            var killed = await RunAsync($"killed-{string.Join('-', kills)}", TrainerJobs.Small(), kills);

            Assert.True(killed.Folder.IsDone, $"{killed.End}");
            Assert.Equal(expected, TrainerJobs.DoneFiles(killed.Folder.FullPath));
        }
    }

    [Fact]
    public async Task Run_AskedToEnd_EndsByItselfWithoutAModel()
    {
        var folder = _runs.Written("cancelled", TrainerJobs.Small());
        using var process = new TrainerProcess(folder.FullPath, TrainerJobs.Options, TimeProvider.System);

        var end = await process.WaitAsync(() => Task.FromResult(process.Progress is not null), Cancelled);

        Assert.Equal((TrainerRole.CancelledExit, (string?)null), (end.ExitCode, end.Failed));
        Assert.False(folder.IsDone);
    }

    [Fact]
    public async Task Run_OverTheTimeLimit_IsEndedAndSaysSo()
    {
        var folder = _runs.Written("slow", TrainerJobs.Small());
        var options = TrainerJobs.Options.With(o => o.MinutesMax = 0.001);
        using var process = new TrainerProcess(folder.FullPath, options, TimeProvider.System);

        var end = await process.WaitAsync(() => Task.FromResult(false), Cancelled);

        Assert.StartsWith("the training took longer than 0.001 min", end.Failed, StringComparison.Ordinal);
        Assert.False(folder.IsDone);
    }

    [Fact]
    public async Task Run_OverTheMemoryLimit_IsEndedAndSaysSo()
    {
        var folder = _runs.Written("large", TrainerJobs.Small());
        var options = TrainerJobs.Options.With(o => o.MemoryMb = 40);
        using var process = new TrainerProcess(folder.FullPath, options, TimeProvider.System);

        var end = await process.WaitAsync(() => Task.FromResult(false), Cancelled);

        Assert.False(folder.IsDone);
        Assert.True(end.Failed?.Contains("memory", StringComparison.Ordinal) ?? end.ExitCode != 0, $"{end}");
    }

    [Theory]
    [InlineData(null, "there is no history to train on")]
    [InlineData("none", "there is no history in")]
    public async Task Run_WithoutData_SaysWhatIsMissing(string? history, string reason)
    {
        var job = TrainerJobs.OfHistory(history is null ? null : Path.Combine(_runs.FullName, history));

        var run = await RunAsync("without", job);

        Assert.Contains(reason, run.End.Failed, StringComparison.Ordinal);
        Assert.False(run.Folder.IsDone);
    }

    [Fact]
    public async Task Run_TooFewRows_SaysHowManyAndWhatToDo()
    {
        var run = await RunAsync("few", TrainerJobs.Small(request => request with { Recipe = request.Recipe with { RowsMin = 1_000_000 } }));

        Assert.StartsWith("too little data: ", run.End.Failed, StringComparison.Ordinal);
        Assert.Contains("at least 1000000 are needed", run.End.Failed, StringComparison.Ordinal);
    }

    /// <summary>As a trainer of a killed agent: nobody holds its standard input any more.</summary>
    [Fact]
    public async Task Run_AgentIsGone_EndsAtOnce()
    {
        var folder = _runs.Written("orphan", TrainerJobs.Small(request => request with { Window = request.Window with { From = request.Window.From - TimeSpan.FromDays(1) } }));
        using var process = Process.Start(TrainerProcess.StartOf(folder.FullPath, TrainerJobs.Options))!;
        Assert.NotNull(await process.StandardOutput.ReadLineAsync(Cancelled));

        process.StandardInput.Close();

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        await process.WaitForExitAsync(limit.Token);
        Assert.False(folder.IsDone);
    }

    [Fact]
    public void StartOf_Environment_HasNoSecrets()
    {
        Environment.SetEnvironmentVariable("BTCAGENT_TEST_SECRET", "planted");
        try
        {
            var start = TrainerProcess.StartOf("folder", TrainerJobs.Options);

            Assert.DoesNotContain("planted", start.Environment.Values);
            Assert.Equal("1", start.Environment["OMP_NUM_THREADS"]);
            Assert.Equal("30000000", start.Environment["DOTNET_GCHeapHardLimit"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("BTCAGENT_TEST_SECRET", null);
        }
    }

    /// <summary>A volume that was kept while the agent's state was made again: the ids of its jobs return.</summary>
    [Fact]
    public async Task WriteJob_FolderOfAnotherJob_IsRemovedAndTheSameOneKept()
    {
        var folder = _runs.Written("kept", TrainerJobs.Small());
        await File.WriteAllTextAsync(folder.PreparedPath, "{}", Cancelled);

        folder.WriteJob(TrainerJobs.Small());
        Assert.True(folder.IsPrepared);
        folder.WriteJob(TrainerJobs.Small(request => request with { Reason = "another" }));

        Assert.False(folder.IsPrepared);
        Assert.Equal("another", folder.ReadJob().Request.Reason);
    }

    /// <summary>A result that was damaged after it was written, as by a power cut under a file system that lies.</summary>
    [Fact]
    public async Task ReadDone_TornFile_IsRefused()
    {
        var whole = (await RunAsync("torn", TrainerJobs.Small())).Folder;
        Assert.Equal("train-1", whole.ReadDone().Result.Job);
        foreach (var (name, cut) in new[] { ("model.zip", 20), ("model.zip", 0), ("result.json", 20), ("report.html", 0) })
        {
            var copy = Directory.CreateDirectory(Path.Combine(_runs.FullName, $"{name}-{cut}", "done"));
            foreach (var file in Directory.GetFiles(Path.Combine(whole.FullPath, "done")).Where(file => cut > 0 || Path.GetFileName(file) != name))
            {
                var bytes = File.ReadAllBytes(file);
                File.WriteAllBytes(Path.Combine(copy.FullName, Path.GetFileName(file)), Path.GetFileName(file) == name ? bytes[..^cut] : bytes);
            }

            var torn = new TrainerFolder(copy.Parent!.FullName);
            Assert.Throws<ModelRefusedException>(() => torn.ReadDone());
            torn.Discard();
            Assert.False(torn.IsDone);
        }
    }

    private async Task<(TrainerFolder Folder, TrainerEnd End)> RunAsync(string name, TrainerJob job, params double[] kills)
    {
        var folder = _runs.Written(name, job);
        return (folder, await TrainerRuns.RunAsync(folder, kills));
    }
}
