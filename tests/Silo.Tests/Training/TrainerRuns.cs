using System.Diagnostics;
using BtcAgent.Silo.Training;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>Runs trainers as processes in the folders of a test.</summary>
internal sealed class TrainerRuns : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-trainer-");

    public string FullName => _folder.FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The folder of a new job.</summary>
    public TrainerFolder Written(string name, TrainerJob job)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(path);
        var folder = new TrainerFolder(path);
        folder.WriteJob(job);
        return folder;
    }

    /// <summary>Runs a trainer until it ends by itself; it is killed when its progress reaches each of the shares.</summary>
    public static async Task<TrainerEnd> RunAsync(TrainerFolder folder, params double[] kills)
    {
        foreach (var share in kills)
        {
            using var victim = Process.Start(TrainerProcess.StartOf(folder.FullPath, TrainerJobs.Options))!;
            while (await victim.StandardOutput.ReadLineAsync(Cancelled) is { } text)
            {
                if (TrainerLine.Parse(text) is { } line && line.Share >= share)
                {
                    victim.Kill();
                }
            }

            await victim.WaitForExitAsync(Cancelled);
            Assert.False(folder.IsDone, $"killed at {share}, it was done");
        }

        using var process = new TrainerProcess(folder.FullPath, TrainerJobs.Options, TimeProvider.System);
        return await process.WaitAsync(() => Task.FromResult(false), Cancelled);
    }
}
