using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Social.Tests.Scoring;

public sealed class ToneDeskTests : IAsyncDisposable
{
    private static readonly ToneDeskLimits Limits = new(BatchMax: 4, TimeSpan.FromSeconds(2)) { WaitingMax = 8 };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));
    private readonly LexiconScorer _lexicon = new(Lexicon.Embedded);
    private readonly ScriptedScorer _scorer = new();
    private readonly ToneDesk _desk;

    public ToneDeskTests() => _desk = new ToneDesk(_scorer, _lexicon, Limits, _time, NullLogger<ToneDesk>.Instance);

    public async ValueTask DisposeAsync()
    {
        _scorer.Gate.Set();
        await _desk.DisposeAsync();
        _scorer.Dispose();
    }

    [Fact]
    public async Task Score_TextsThatWait_AreOneBatchInOrder()
    {
        _scorer.Gate.Reset();
        var first = _desk.ScoreAsync(PostReader.Read("0"));
        await _scorer.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var others = Enumerable.Range(1, 6).Select(number => _desk.ScoreAsync(PostReader.Read($"{number}"))).ToArray();
        _scorer.Gate.Set();

        var tones = await Task.WhenAll([first, .. others]);
        Assert.Equal(Enumerable.Range(0, 7).Select(number => number / 100.0), tones.Select(tone => tone.Tone.Tone));
        Assert.All(tones, tone => Assert.Equal(("scripted", "f00d"), (tone.Scorer, tone.ScorerHash)));
        Assert.Equal([1, 4, 2], _scorer.Batches);
        Assert.Equal(new ToneDeskStatus(7, 0, 0, null, null), _desk.Status);
    }

    [Fact]
    public async Task Score_ScorerHangs_TheLexiconAnswersAfterTheTimeout()
    {
        _scorer.Gate.Reset();
        var hung = _desk.ScoreAsync(PostReader.Read("bitcoin crashes"));
        await _scorer.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(1_999));
        Assert.False(hung.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var tone = await hung;
        Assert.Equal(_lexicon.Id, tone.Scorer);
        Assert.True(tone.Tone.Tone < 0);
        await Eventually.TrueAsync("the scorer was told to end", () => Task.FromResult(_desk.Status.Problem == "no answer in 2000 ms"), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Score_ThirdFailure_RestsForAMinuteAndTriesAgain()
    {
        _scorer.Fails = true;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(_lexicon.Id, (await _desk.ScoreAsync(PostReader.Read("x"))).Scorer);
        }

        var calls = _scorer.Batches.Count;
        _scorer.Fails = false;
        Assert.Equal(_lexicon.Id, (await _desk.ScoreAsync(PostReader.Read("x"))).Scorer);
        Assert.Equal((calls, "broken", _time.GetUtcNow().AddSeconds(60)), (_scorer.Batches.Count, _desk.Status.Problem, _desk.Status.PausedUntil));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("scripted", (await _desk.ScoreAsync(PostReader.Read("x"))).Scorer);
        Assert.Equal(new ToneDeskStatus(1, 4, 0, null, null), _desk.Status);
    }

    [Fact]
    public async Task Score_TooManyWait_TheLexiconAnswersAtOnce()
    {
        _scorer.Gate.Reset();
        var first = _desk.ScoreAsync(PostReader.Read("0"));
        await _scorer.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var waiting = Enumerable.Range(1, Limits.WaitingMax).Select(number => _desk.ScoreAsync(PostReader.Read($"{number}"))).ToArray();
        Assert.Equal(_lexicon.Id, (await _desk.ScoreAsync(PostReader.Read("x"))).Scorer);
        _scorer.Gate.Set();
        Assert.All(await Task.WhenAll([first, .. waiting]), tone => Assert.Equal("scripted", tone.Scorer));
    }

    /// <summary>Its tone is the text's number in hundredths; it waits at a gate.</summary>
    private sealed class ScriptedScorer : IBatchScorer, IDisposable
    {
        public ManualResetEventSlim Gate { get; } = new(initialState: true);

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<int> Batches { get; } = [];

        public bool Fails { get; set; }

        public string Id => "scripted";

        public string Hash => "f00d";

        public IReadOnlyList<ToneScore> Score(IReadOnlyList<PostText> texts, CancellationToken cancellationToken)
        {
            Batches.Add(texts.Count);
            Entered.TrySetResult();
            Gate.Wait(cancellationToken);
            return Fails
                ? throw new ScoringException("broken")
                : [.. texts.Select(text => new ToneScore(int.TryParse(text.Read, out var number) ? number / 100.0 : 0, 1, ToneClass.Neutral, []))];
        }

        public void Dispose() => Gate.Dispose();
    }
}
