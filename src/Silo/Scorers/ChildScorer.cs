using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;
using BtcAgent.Social.Transformers.Scoring;

namespace BtcAgent.Silo.Scorers;

/// <summary>
/// A transformer in a separate process: what it does with memory and processor does not touch trading. A process that ends, that is too large or that does
/// not answer is started again, after waits that double.
/// </summary>
internal sealed partial class ChildScorer(TransformerOptions options, TimeProvider time, ILogger<ChildScorer> logger) : IBatchScorer
{
    /// <summary>A batch without an answer for this long means that the process hangs.</summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LoadsWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private volatile ScorerProcess? _ready;
    private volatile ScorerLine? _model;
    private volatile string _problem = "the scorer is loading its model";

    /// <summary>The model's id; the folder until it is loaded.</summary>
    public string Id => _model?.Id ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Folder));

    public string Hash => _model?.Hash ?? "";

    /// <summary>Number of the process; null while there is none that is ready.</summary>
    public int? ProcessId => _ready?.Id;

    /// <summary>Why there is no model now; null when there is one.</summary>
    public string? Problem => _ready is null ? _problem : null;

    public IReadOnlyList<ToneScore> Score(IReadOnlyList<PostText> texts, CancellationToken cancellationToken)
    {
        var ready = _ready ?? throw new ScoringException(_problem);
        var answer = ready.ScoreAsync(texts);
        try
        {
            answer.Wait(cancellationToken);
            return answer.Result;
        }
        catch (AggregateException problem) when (problem.InnerException is ScoringException inner)
        {
            throw new ScoringException(inner.Message, inner);
        }
    }

    /// <summary>Keeps a process running until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        while (true)
        {
            var started = time.GetTimestamp();
            try
            {
                using var process = new ScorerProcess(options, time);
                await using var stop = cancellationToken.Register(process.Kill);
                await ServeAsync(process);
            }
            catch (ScoringException problem)
            {
                _problem = problem.Message;
            }
            finally
            {
                _ready = null;
            }

            cancellationToken.ThrowIfCancellationRequested();
            wait = time.GetElapsedTime(started) > LongestWait ? FirstWait : wait;
            LogEnded(logger, Id, _problem, wait.TotalSeconds);
            await Task.Delay(wait, time, cancellationToken);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    private async Task ServeAsync(ScorerProcess process)
    {
        var started = time.GetTimestamp();
        while (await Task.WhenAny(process.Ended, Task.Delay(LookEvery, time), _ready is null ? process.Greeting : process.Ended) != process.Ended)
        {
            if (_ready is null && process.Greeting.IsCompleted)
            {
                _model = await process.Greeting;
                _ready = process;
                LogReady(logger, Id, Hash, process.Id);
            }

            if (_ready is null && time.GetElapsedTime(started) > LoadsWithin)
            {
                process.Kill();
                throw new ScoringException($"the scorer did not load its model in {LoadsWithin.TotalMinutes:F0} minutes: choose a smaller one");
            }

            if (process.IsTooLarge)
            {
                _ready = null;
                process.Kill();
                throw new ScoringException($"the scorer needs more than {options.MemoryMb} MiB: raise Social:Transformer:MemoryMb, or choose a smaller model");
            }

            if (process.Busy > HangsAfter)
            {
                _ready = null;
                process.Kill();
                throw new ScoringException($"the scorer did not answer for {HangsAfter.TotalSeconds:F0} s");
            }
        }

        await process.Greeting; // Its reason is better, where it had none to give.
        _problem = $"the scorer has ended: {await process.Ended}";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Tones are judged by {Scorer} (SHA-256 {Hash}) in process {ProcessId}")]
    private static partial void LogReady(ILogger logger, string scorer, string hash, int processId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scorer {Scorer} is not running ({Problem}); it is started again in {Seconds:F0} s, and the lexicon judges until then")]
    private static partial void LogEnded(ILogger logger, string scorer, string problem, double seconds);
}
