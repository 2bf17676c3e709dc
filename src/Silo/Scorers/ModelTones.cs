using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Transformers.Scoring;

namespace BtcAgent.Silo.Scorers;

/// <summary>A model's process and the desk before it, for as long as a reader of posts runs.</summary>
internal sealed class ModelTones : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ModelTones(TransformerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var scorer = new ChildScorer(options, time, loggers.CreateLogger<ChildScorer>());
        _running = scorer.RunAsync(_stop.Token);
        Desk = new ToneDesk(
            scorer, new LexiconScorer(Lexicon.Embedded), new ToneDeskLimits(options.BatchMax, TimeSpan.FromMilliseconds(options.TimeoutMs)), time, loggers.CreateLogger<ToneDesk>());
    }

    public ToneDesk Desk { get; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Desk.DisposeAsync();
        }
        finally
        {
            await _stop.CancelAsync();
        }

        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
