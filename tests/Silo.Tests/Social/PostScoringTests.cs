using BtcAgent.Domain;
using BtcAgent.Silo.Social;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Sources;
using BtcAgent.Social.Text;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Silo.Tests.Social;

/// <summary>The posts that wait beside the reader are bounded, whoever is slow.</summary>
public sealed class PostScoringTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_WhileNobodyTakes_WaitsForAPlace()
    {
        using var scoring = new PostScoring(null, TimeProvider.System, NullLogger<PostScoring>.Instance);
        for (var i = 0; i < PostScoring.PostsMax; i++)
        {
            Assert.True(scoring.TryAdd(Post(i)));
        }

        Assert.False(scoring.TryAdd(Post(PostScoring.PostsMax)));
        var waiting = scoring.AddAsync(Post(PostScoring.PostsMax), Cancellation).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Equal(PostScoring.PostsMax, scoring.Added);

        var taken = await scoring.TakeAsync(scoring.Added, Cancellation);
        await waiting;

        Assert.Equal(Enumerable.Range(0, PostScoring.PostsMax).Select(i => $"{i}"), taken.Select(post => post.Post.Id));
        Assert.Equal($"{PostScoring.PostsMax}", Assert.Single(await scoring.TakeAsync(scoring.Added, Cancellation)).Post.Id);
    }

    [Fact]
    public async Task AddAsync_Cancelled_TakesNoPlace()
    {
        using var scoring = new PostScoring(null, TimeProvider.System, NullLogger<PostScoring>.Instance);
        for (var i = 0; i < PostScoring.PostsMax; i++)
        {
            scoring.TryAdd(Post(i));
        }

        using var ended = new CancellationTokenSource();
        var waiting = scoring.AddAsync(Post(-1), ended.Token).AsTask();
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(PostScoring.PostsMax, (await scoring.TakeAsync(scoring.Added, Cancellation)).Count);
        Assert.True(scoring.TryAdd(Post(-1)));
    }

    /// <summary>They are read again by the next run: a stop waits for a slow model only once.</summary>
    [Fact]
    public async Task Dispose_WhileAModelIsSlow_ScoresOnlyWhatHasBegun()
    {
        var model = new GatedScorer();
        await using var desk = new ToneDesk(
            model, new LexiconScorer(Lexicon.Embedded), new ToneDeskLimits(1, TimeSpan.FromMinutes(5)), TimeProvider.System, NullLogger<ToneDesk>.Instance);
        var scoring = new PostScoring(desk, TimeProvider.System, NullLogger<PostScoring>.Instance);
        for (var i = 0; i < 1_000; i++)
        {
            scoring.TryAdd(Post(i));
        }

        await model.HasBegun.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        var stopped = Task.Run(scoring.Dispose, Cancellation);
        await Eventually.TrueAsync("the stop has begun", () => Task.FromResult(scoring.IsStopping), TimeSpan.FromMinutes(1));
        model.Gate.Set();
        await stopped.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);

        Assert.InRange(Volatile.Read(ref model.Texts), 1, 64);
    }

    private static SocialPost Post(int i) => new()
    {
        Source = "desk",
        Id = $"{i}",
        Text = "bitcoin rises",
        Author = new AuthorFacts(1, 1, 1, 1),
        CreatedAt = Timestamp.Unknown,
        ReceivedAt = Timestamp.FromUnixMilliseconds(1_795_910_400_000),
    };

    private sealed class GatedScorer : IBatchScorer
    {
        public int Texts;

        public ManualResetEventSlim Gate { get; } = new();

        public TaskCompletionSource HasBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Id => "gated";

        public string Hash => "hash";

        public IReadOnlyList<ToneScore> Score(IReadOnlyList<PostText> texts, CancellationToken cancellationToken)
        {
            HasBegun.TrySetResult();
            Gate.Wait(cancellationToken);
            Interlocked.Add(ref Texts, texts.Count);
            return [.. texts.Select(_ => new ToneScore(0, 0, ToneClass.Neutral, []))];
        }
    }
}
