using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using BtcAgent.Silo.Children;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;
using BtcAgent.Social.Transformers.Scoring;

namespace BtcAgent.Silo.Scorers;

/// <summary>One run of a scorer's process. Of its batches one is open at a time.</summary>
internal sealed class ScorerProcess : IDisposable
{
    private const int LastLinesKept = 3;
    private const int LineLengthMax = 500;
    private const long BytesPerMb = 1_048_576;

    private readonly Process _process;
    private readonly TransformerOptions _options;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<ScorerLine> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource<ScorerLine> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _batch;
    private long _asked;
    private bool _isOpen;

    /// <exception cref="ScoringException">The process cannot be started.</exception>
    public ScorerProcess(TransformerOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _process = new Process { StartInfo = StartOf(options) };
        try
        {
            _process.Start();
        }
        catch (Win32Exception problem)
        {
            _process.Dispose();
            throw new ScoringException($"the scorer cannot be started: {problem.Message}", problem);
        }

        Ended = WaitAsync();
    }

    public int Id => _process.Id;

    /// <summary>The model, when it is loaded.</summary>
    /// <exception cref="ScoringException">There is none.</exception>
    public Task<ScorerLine> Greeting => _greeting.Task;

    /// <summary>The reason of the process's end.</summary>
    public Task<string> Ended { get; }

    /// <summary>How long the open batch has waited; null without one.</summary>
    public TimeSpan? Busy
    {
        get
        {
            lock (_lock)
            {
                return _isOpen ? _time.GetElapsedTime(_asked) : null;
            }
        }
    }

    public bool IsTooLarge
    {
        get
        {
            _process.Refresh();
            return !_process.HasExited && _process.WorkingSet64 > _options.MemoryMb * BytesPerMb;
        }
    }

    /// <summary>Sends a batch and waits for its tones; a later batch may be sent when it is answered.</summary>
    /// <exception cref="ScoringException">The scorer failed.</exception>
    public async Task<IReadOnlyList<ToneScore>> ScoreAsync(IReadOnlyList<PostText> texts)
    {
        var (line, answer) = Open(texts);
        try
        {
            await _process.StandardInput.WriteLineAsync(line.ToJson());
            await _process.StandardInput.FlushAsync();
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new ScoringException("the scorer has ended", problem);
        }

        var reply = await answer;
        return reply.Tones is { } tones ? tones : throw new ScoringException(reply.Failed ?? "the scorer's answer has no tones");
    }

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static ProcessStartInfo StartOf(TransformerOptions options)
    {
        var start = OwnProgram.Start(
            [
                "--role", "scorer", "--job", options.Folder,
                "--set", string.Create(CultureInfo.InvariantCulture, $"{TransformerOptions.Section}:{nameof(options.TokensMax)}={options.TokensMax}"),
                "--set", string.Create(CultureInfo.InvariantCulture, $"{TransformerOptions.Section}:{nameof(options.Threads)}={options.Threads}"),
            ],
            niceness: 5);
        start.StandardInputEncoding = start.StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        start.Environment["DOTNET_PROCESSOR_COUNT"] = options.Threads.ToString(CultureInfo.InvariantCulture);
        return start;
    }

    private (ScorerLine Line, Task<ScorerLine> Answer) Open(IReadOnlyList<PostText> texts)
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                throw new ScoringException("the scorer is busy with an earlier batch");
            }

            (_isOpen, _asked, _answer) = (true, _time.GetTimestamp(), new(TaskCreationOptions.RunContinuationsAsynchronously));
            return (new ScorerLine { Batch = ++_batch, Texts = [.. texts.Select(text => text.Read)] }, _answer.Task);
        }
    }

    private async Task<string> WaitAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput, Take), ReadAsync(_process.StandardError, Keep));
        await _process.WaitForExitAsync();

        // Once it reads posts, its last words could quote one.
        var reason = _lastLines.Count > 0 && !_greeting.Task.IsCompletedSuccessfully ? string.Join(" | ", _lastLines) : $"exit code {_process.ExitCode}";
        var end = new ScoringException($"the scorer has ended: {reason}");
        _greeting.TrySetException(end);
        _ = _greeting.Task.Exception; // It may be that nobody waits for it.
        lock (_lock)
        {
            _answer.TrySetResult(new ScorerLine { Failed = end.Message });
        }

        return reason;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            take(line);
        }
    }

    private void Take(string text)
    {
        if (ScorerLine.Parse(text) is not { } line)
        {
            return;
        }

        if (!_greeting.Task.IsCompleted)
        {
            _ = line.Failed is { } problem ? _greeting.TrySetException(new ScoringException(problem)) : _greeting.TrySetResult(line);
            return;
        }

        lock (_lock)
        {
            if (line.Batch == _batch)
            {
                _isOpen = false;
                _answer.TrySetResult(line);
            }
        }
    }

    private void Keep(string line)
    {
        if (_lastLines.Count == LastLinesKept)
        {
            _lastLines.Dequeue();
        }

        _lastLines.Enqueue(line.Length > LineLengthMax ? line[..LineLengthMax] : line);
    }
}
