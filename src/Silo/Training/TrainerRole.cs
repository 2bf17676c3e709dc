using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Training;

/// <summary>
/// A process that trains one model, started by the agent. Standard input is the agent's hand: a line <see cref="CancelWord"/> ends
/// the training, and its end, by which the agent's death is noticed, ends the process at once.
/// </summary>
internal static class TrainerRole
{
    public const string CancelWord = "cancel";

    /// <summary>Exit code of a cancelled training, as of a process that Ctrl-C ended.</summary>
    public const int CancelledExit = 130;

    /// <returns>An exit code.</returns>
    public static async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new Thread(() => Watch(cancelled)) { IsBackground = true, Name = "agent" };
        watch.Start();
        try
        {
            await TrainerWork.RunAsync(new TrainerFolder(folder), TimeProvider.System, Say, cancelled.Token);
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return CancelledExit;
        }
        catch (OutOfMemoryException)
        {
            return Fail("the training needs more memory than it may use: raise Retraining:MemoryMb, or shorten Retraining:WindowDays");
        }
        catch (Exception e) when (e is TrainingFailedException or InvalidDataException)
        {
            return Fail(e.Message);
        }
    }

    private static void Watch(CancellationTokenSource cancelled)
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line == CancelWord)
            {
                cancelled.Cancel();
                return;
            }
        }

        // The agent has ended. Files are written as a whole, so the process can end anywhere.
        Environment.Exit(ExitCodes.Failed);
    }

    private static void Say(string step, double share) => Console.Out.WriteLine(new TrainerLine(step, Math.Round(share, 4), null));

    private static int Fail(string reason)
    {
        Console.Out.WriteLine(new TrainerLine(null, 0, reason.ReplaceLineEndings(" ")));
        return ExitCodes.Failed;
    }
}
