using BtcAgent.Contracts.Social;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Asks for new tallies of posts every second, beside the feed, which never waits for the answer. A failure is logged once, until it works again.
/// </summary>
internal sealed partial class TallyReader(IGrainFactory grains, InstrumentId instrument, TallyQueue queue, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// A new reader begins this long ago, since its predecessor may have ended before it injected them; the features count each number once.
    /// </summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private bool _isFailing;
    private bool _isImpossibleLogged;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var last = (time.GetUtcNow() - LooksBack).ToUnixTimeMilliseconds();
        using var timer = new PeriodicTimer(AskEvery, time);
        do
        {
            last = await AskAsync(last, cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <returns>The last number that was read.</returns>
    private async Task<long> AskAsync(long last, CancellationToken cancellationToken)
    {
        try
        {
            var batch = await grains.GetGrain<ISentimentGrain>(ISentimentGrain.Bitcoin).GetTallies(last).WaitAsync(cancellationToken);
            foreach (var tally in batch.Tallies.Where(tally => tally.Number > last))
            {
                if (tally.Problem() is not { } problem)
                {
                    queue.Add(in tally);
                    last = tally.Number;
                }
                else if (!_isImpossibleLogged)
                {
                    LogImpossible(logger, instrument, tally.Number, problem);
                    _isImpossibleLogged = true;
                }
            }

            if (_isFailing)
            {
                LogWorks(logger, instrument);
            }

            _isFailing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                LogFailed(logger, instrument, e.Message);
            }

            _isFailing = true;
        }

        return last;
    }
}
