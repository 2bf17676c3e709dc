using System.Threading.Channels;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Social;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Sources;

namespace BtcAgent.Silo.Social;

/// <summary>
/// Scores posts in their order, on one thread below the priority of trading. Holds at most <see cref="PostsMax"/> that were not taken, scored or not; then
/// the source waits.
/// </summary>
internal sealed partial class PostScoring : IDisposable
{
    public const int PostsMax = 2_048;

    /// <summary>Posts whose tones are asked for together; their weights are taken in order.</summary>
    private const int TogetherMax = 64;

    private readonly Channel<SocialPost> _queue = Channel.CreateUnbounded<SocialPost>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _places = new(PostsMax);
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
    private volatile bool _isStopping;

    /// <param name="desk">Judges tones with a model; null uses the lexicon.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="logger">Receives no text.</param>
    public PostScoring(ToneDesk? desk, TimeProvider time, ILogger<PostScoring> logger)
    {
        (_desk, _time, _logger) = (desk, time, logger);
        _scorer = PostScorer.Create(new LexiconScorer(Lexicon.Embedded));
        _thread = new Thread(Run) { IsBackground = true, Name = "posts", Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>The scorer without a model.</summary>
    public ScorerIdentity Identity => _scorer.Identity;

    /// <summary>Posts that were added.</summary>
    public long Added => Interlocked.Read(ref _added);

    public bool IsStopping => _isStopping;

    /// <summary>Adds a post; waits for a place. Not for the one who takes: it would wait for itself.</summary>
    public async ValueTask AddAsync(SocialPost post, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        Add(post);
    }

    /// <summary>Adds a post if there is a place.</summary>
    public bool TryAdd(SocialPost post)
    {
        if (!_places.Wait(0))
        {
            return false;
        }

        Add(post);
        return true;
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

                    if (taken.Count > 0)
                    {
                        _places.Release(taken.Count);
                    }

                    return taken;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends after the posts that are being scored; those that wait are read again by the next run.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _queue.Writer.TryComplete();
        _thread.Join();
        _places.Dispose();
    }

    private void Add(SocialPost post)
    {
        // Counted first: one who takes up to this number waits for this post.
        Interlocked.Increment(ref _added);
        _queue.Writer.TryWrite(post);
    }

    private void Run()
    {
        var last = Timestamp.Unknown;
        var together = new List<(SocialPost Post, Task<PostScore> Score)>(TogetherMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult() && !_isStopping)
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
