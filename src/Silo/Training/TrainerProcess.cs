using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Retraining;
using BtcAgent.Silo.Children;

namespace BtcAgent.Silo.Training;

/// <summary>
/// A trainer as a child process with low priority and bounded threads, memory and time. It gets no secrets: of the environment
/// only what the runtime needs.
/// </summary>
internal sealed class TrainerProcess : IDisposable
{
    private const int LastLinesKept = 5;
    private const int LineLengthMax = 500;
    private const double HeapShare = 0.75;
    private const long BytesPerMb = 1_048_576;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;
    private readonly RetrainingOptions _options;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Queue<string> _lastLines = new();
    private readonly Task _reading;
    private TrainingProgress? _progress;
    private string? _failed;

    /// <exception cref="TrainingFailedException">The process cannot be started.</exception>
    public TrainerProcess(string folder, RetrainingOptions options, TimeProvider time)
    {
        (_options, _time, _started) = (options, time, time.GetTimestamp());
        _process = new Process { StartInfo = StartOf(folder, options) };
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            _process.Dispose();
            throw new TrainingFailedException($"the trainer cannot be started: {e.Message}", e);
        }

        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, TakeLine), ReadAsync(_process.StandardError, TakeError));
    }

    public int Id => _process.Id;

    public TrainingProgress? Progress => Volatile.Read(ref _progress);

    /// <summary>Waits for the end of the process, or ends it: at a limit, or when asked.</summary>
    /// <param name="looked">Called about every half second; true asks the trainer to end.</param>
    /// <param name="cancellationToken">Kills the trainer.</param>
    public async Task<TrainerEnd> WaitAsync(Func<Task<bool>> looked, CancellationToken cancellationToken)
    {
        var ended = _process.WaitForExitAsync(CancellationToken.None);
        long? asked = null;
        while (await Task.WhenAny(ended, Task.Delay(LookEvery, _time, CancellationToken.None)) != ended)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Kill();
            }
            else if (OverLimit() is { } limit)
            {
                _failed ??= limit;
                Kill();
            }
            else if (asked is { } at)
            {
                if (_time.GetElapsedTime(at).TotalSeconds > _options.KillAfterSeconds)
                {
                    Kill();
                }
            }
            else if (await looked())
            {
                asked = _time.GetTimestamp();
                await AskToEndAsync();
            }
        }

        await ended;
        await _reading;
        return new TrainerEnd(_process.ExitCode, _failed, string.Join(" | ", _lastLines));
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>The command that starts a trainer, wherever this code runs.</summary>
    internal static ProcessStartInfo StartOf(string folder, RetrainingOptions options)
    {
        var start = OwnProgram.Start(["--role", "trainer", "--job", folder], niceness: 10);
        var threads = options.Threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["DOTNET_PROCESSOR_COUNT"] = threads;
        start.Environment["OMP_NUM_THREADS"] = threads;
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)(options.MemoryMb * BytesPerMb * HeapShare)).ToString("x", CultureInfo.InvariantCulture);
        return start;
    }

    private string? OverLimit()
    {
        if (_time.GetElapsedTime(_started).TotalMinutes > _options.MinutesMax)
        {
            return FormattableString.Invariant($"the training took longer than {_options.MinutesMax} min: raise Retraining:MinutesMax, or shorten Retraining:WindowDays");
        }

        _process.Refresh();
        return !_process.HasExited && _process.WorkingSet64 > _options.MemoryMb * BytesPerMb
            ? FormattableString.Invariant($"the training needs more than {_options.MemoryMb} MiB of memory: raise Retraining:MemoryMb, or shorten Retraining:WindowDays")
            : null;
    }

    private async Task AskToEndAsync()
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(TrainerRole.CancelWord);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            return; // It has just ended.
        }
    }

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            take(line);
        }
    }

    private void TakeLine(string text)
    {
        if (TrainerLine.Parse(text) is not { } line)
        {
            return;
        }

        if (line.Failed is not null)
        {
            _failed ??= line.Failed;
        }
        else if (line.Step is { } step)
        {
            Volatile.Write(ref _progress, new TrainingProgress(step, Math.Clamp(line.Share, 0, 1)));
        }
    }

    private void TakeError(string line)
    {
        if (_lastLines.Count == LastLinesKept)
        {
            _lastLines.Dequeue();
        }

        _lastLines.Enqueue(line.Length > LineLengthMax ? line[..LineLengthMax] : line);
    }
}
