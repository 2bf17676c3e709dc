using System.Threading.Channels;
using BtcAgent.Social;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Sources;

namespace BtcAgent.Silo.Social;

/// <summary>Scores posts in their order, on one thread below the priority of trading; a full queue makes the source wait.</summary>
internal sealed partial class PostScoring : IDisposable
{
    private const int QueueMax = 2_048;

    /// <summary>Posts whose tones are asked for together; their weights are taken in order.</summary>
    private const int TogetherMax = 64;

    private readonly Channel<SocialPost> _queue = Channel.CreateBounded<SocialPost>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly PostScorer _scorer;
    private readonly ToneDesk? _desk;
    private readonly TimeProvider _time;
    private readonly ILogger<PostScoring> _logger;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly Queue<ScoredPost> _done = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _added;
    private long _scored;

    /// <param name="desk">Judges tones with a model; null uses the lexicon.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="logger">Receives no text.</param>
    public PostScoring(ToneDesk? desk, TimeProvider time, ILogger<PostScoring> logger)
    {
        (_desk, _time, _logger) = (desk, time, logger);
        Scorer = new LexiconScorer(Lexicon.Embedded);
        _scorer = PostScorer.Create(Scorer);
        _thread = new Thread(Run) { IsBackground = true, Name = "posts", Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    public ITextScorer Scorer { get; }

    /// <summary>Posts that were added.</summary>
    public long Added => Interlocked.Read(ref _added);

    /// <summary>Adds a post; waits while the queue is full.</summary>
    public async ValueTask AddAsync(SocialPost post, CancellationToken cancellationToken)
    {
        // Counted first: a reader that takes up to this number waits for this post. A cancelled write ends the run.
        Interlocked.Increment(ref _added);
        await _queue.Writer.WriteAsync(post, cancellationToken);
    }

    /// <summary>The scored posts that were not taken before, up to a number; waits until they are scored.</summary>
    public async Task<IReadOnlyList<ScoredPost>> TakeAsync(long upTo, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_scored >= upTo)
                {
                    var taken = new List<ScoredPost>();
                    while (_done.TryPeek(out var post) && post.Number <= upTo)
                    {
                        taken.Add(_done.Dequeue());
                    }

                    return taken;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
    }

    private void Run()
    {
        var last = Timestamp.Unknown;
        var together = new List<(SocialPost Post, Task<PostScore> Score)>(TogetherMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            together.Clear();
            while (together.Count < TogetherMax && _queue.Reader.TryRead(out var post))
            {
                // Sources deliver side by side; the pipeline wants the order of receipt.
                last = post.ReceivedAt > last ? post.ReceivedAt : last;
                together.Add((post, ScoreAsync(post.ToPost() with { ReceivedAt = last })));
            }

            foreach (var (post, scoring) in together)
            {
                var score = Result(post, scoring);
                lock (_lock)
                {
                    _done.Enqueue(new ScoredPost(++_scored, post, score, Timestamp.FromDateTimeOffset(_time.GetUtcNow())));
                    _moved.TrySetResult();
                    _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
    }

    private async Task<PostScore> ScoreAsync(Post post) => _desk is { } desk ? await _scorer.ScoreAsync(post, desk) : _scorer.Score(post);

    private PostScore? Result(SocialPost post, Task<PostScore> scoring)
    {
        try
        {
            return scoring.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            // Its message could quote the text.
            LogFailed(_logger, post.Source, e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(EventId = 760, Level = LogLevel.Error, Message = "A post of {Source} could not be scored and does not count ({Problem})")]
    private static partial void LogFailed(ILogger logger, string source, string problem);
}
