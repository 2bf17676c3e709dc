using BtcAgent.Domain.MarketData;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Asks a source of knowledge for news, beside the feed, which never waits for the answer. A failure is logged once, until it works again.
/// </summary>
/// <param name="what">Noun of the knowledge, in the plural.</param>
/// <param name="every">Time between two questions.</param>
/// <param name="instrument">Instrument of the feed.</param>
/// <param name="queue">Takes the news.</param>
/// <param name="time">Our clock.</param>
/// <param name="logger">Receives the failures.</param>
internal abstract partial class InjectionReader(string what, TimeSpan every, InstrumentId instrument, InjectionQueue queue, TimeProvider time, ILogger logger)
{
    private bool _isFailing;
    private bool _isImpossibleLogged;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var last = FirstAfter;
        using var timer = new PeriodicTimer(every, time);
        do
        {
            last = await AskAsync(last, cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>The number after which a new reader begins.</summary>
    protected abstract long FirstAfter { get; }

    /// <summary>The knowledge with a number above the given one, in its order.</summary>
    protected abstract Task<IEnumerable<IInjectedEvent>> ReadAsync(long after);

    /// <returns>The last number that was read.</returns>
    private async Task<long> AskAsync(long last, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var known in (await ReadAsync(last).WaitAsync(cancellationToken)).Where(known => known.Number > last))
            {
                if (known.Problem() is not { } problem)
                {
                    queue.Add(known);
                    last = known.Number;
                }
                else if (!_isImpossibleLogged)
                {
                    LogImpossible(logger, instrument, what, known.Number, problem);
                    _isImpossibleLogged = true;
                }
            }

            if (_isFailing)
            {
                LogWorks(logger, instrument, what);
            }

            _isFailing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                LogFailed(logger, instrument, what, e.Message);
            }

            _isFailing = true;
        }

        return last;
    }
}
